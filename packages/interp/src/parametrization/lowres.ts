import type { tf } from '@fovea/tensor';
import { alongAxis, matrix, resizeMatrix } from '../linear-map.ts';
import { normalArray, type Field, type ImageShape } from './parametrization.ts';

export interface LowresOptions {
  readonly standardDeviation?: number;
  /** By how many values each axis is shifted, the start mirrored; `half` is half a low-resolution value. */
  readonly offset?: readonly (number | 'half')[];
}

/**
 * A smaller tensor, interpolated along every axis that differs. An axis of one, such as the batch, is shared.
 * Lucid's `lowres_tensor`.
 */
export function lowresField(
  shape: ImageShape,
  underlying: ImageShape,
  { standardDeviation = 0.01, offset = [] }: LowresOptions = {},
): Field {
  return {
    count: 1,
    initial: (random) => [normalArray(underlying, standardDeviation, random)],
    values([small]) {
      let field = small!;
      shape.forEach((length, axis) => {
        const from = underlying[axis]!;
        if (from !== length) field = alongAxis(field, axis, resizeMatrix(from, length));
        const shift = offset[axis] === 'half' ? Math.floor(length / from / 2) : (offset[axis] ?? 0);
        if (shift > 0) field = alongAxis(field, axis, shiftMatrix(length, shift));
      });
      return field as tf.Tensor4D;
    },
  };
}

/** Moves values up by `shift`; those that enter mirror the first ones, edge included. */
function shiftMatrix(length: number, shift: number) {
  return matrix(length, length, (row, column) => {
    const source = row < shift ? shift - 1 - row : row - shift;
    return source === column ? 1 : 0;
  });
}
