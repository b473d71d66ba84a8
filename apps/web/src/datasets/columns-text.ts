import type { DatasetImage } from '@fovea/client';
import { formatValue } from '../format/number.ts';

/** `orientation 45, radius 20`: what is known of an image besides its class. */
export const columnsText = (columns: DatasetImage['columns']): string =>
  Object.entries(columns)
    .flatMap(([name, value]) =>
      value === null ? [] : [`${name} ${typeof value === 'number' ? formatValue(value) : value}`],
    )
    .join(', ');
