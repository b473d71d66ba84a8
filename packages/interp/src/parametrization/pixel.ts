import type { tf } from '@fovea/tensor';
import { normalArray, type Field, type ImageShape } from './parametrization.ts';

/** The plainest field: one parameter for each value. Its pictures are noisy. */
export function pixelField(shape: ImageShape, { standardDeviation = 0.01 } = {}): Field {
  return {
    count: 1,
    initial: (random) => [normalArray(shape, standardDeviation, random)],
    values: ([pixels]) => pixels as tf.Tensor4D,
  };
}
