import type { Layer } from '@fovea/client';
import { formatInteger, formatValue } from '../format/number.ts';
import { formatUnit } from './unit.ts';

/** "32 × 32 × 128" */
export const shapeText = ({ shape }: Pick<Layer, 'shape'>) => shape.map(formatInteger).join(' × ');

/** "height × width × channel" */
export const axesText = ({ axes }: Pick<Layer, 'axes'>) => axes.join(' × ');

/** A layer that a unit can be chosen from: one whose values lie in channels. */
export const hasUnits = ({ axes }: Pick<Layer, 'axes'>) => axes.at(-1) === 'channel';

/** "43 px", or a dash where a position sees no patch of the input. */
export const receptiveFieldText = ({ receptiveField }: Pick<Layer, 'receptiveField'>) =>
  receptiveField ? `${formatValue(receptiveField.size)} px` : '–';

/** The form of a new run on the first unit of a layer. */
export const newRunHref = (model: string, { name }: Pick<Layer, 'name'>) =>
  `/runs/new?${new URLSearchParams({ model, objective: formatUnit({ layer: name, channel: 0 }) })}`;
