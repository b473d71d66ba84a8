import type { Layer } from '@fovea/client';
import { formatInteger } from '../format/number.ts';

/** "32 × 32 × 128" */
export const shapeText = ({ shape }: Pick<Layer, 'shape'>) => shape.map(formatInteger).join(' × ');

/** A layer that a unit can be chosen from: one whose values lie in channels. */
export const hasUnits = ({ channels }: Pick<Layer, 'channels'>) => channels > 0;
