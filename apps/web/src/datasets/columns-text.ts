import type { Dataset, DatasetImage } from '@fovea/client';
import { formatValue } from '../format/number.ts';

/** `45°, 20 px`: what is known of an image besides its class. */
export const columnsText = (values: DatasetImage['columns'], columns: Dataset['columns']): string =>
  columns
    .map(({ name, unit }) => {
      const value = values[name] ?? null;
      if (value === null) return '–';
      return withUnit(typeof value === 'number' ? formatValue(value) : value, unit);
    })
    .join(', ');

/** Degrees stand close to their number. */
const withUnit = (value: string, unit: string | undefined) =>
  unit === undefined ? value : `${value}${unit === '°' ? '' : ' '}${unit}`;
