import type { HookedModel } from '@fovea/models';
import { randomFor } from '@fovea/tensor';
import { imageShape } from '../cut.ts';

/** An image of noise in [0, 1], of the size that the model nominally reads. */
export function noisePixels(model: HookedModel, seed: number): Float32Array {
  const random = randomFor(11, seed, 'pixels');
  const length = imageShape(model).reduce((product, extent) => product * extent, 1);
  return Float32Array.from({ length }, () => random.uniform());
}
