import type { tf } from '@fovea/tensor';
import { alongAxis, gaussianMap, gaussianMatrix } from '../linear-map.ts';
import { separable } from './stage.ts';
import type { Transform } from './transform.ts';

/** Gaussian blur with a standard deviation drawn between two, in pixels, black outside (Xplique). */
export function randomBlur(kernelSize: number, from: number, to: number): Transform<number> {
  return {
    draw: (shape, { random }) => ({ draw: from + (to - from) * random.uniform(), shape }),
    apply(image, deviation) {
      const [, height, width] = image.shape;
      const alongRows = alongAxis(image, 1, gaussianMatrix(height, kernelSize, deviation));
      return alongAxis(alongRows, 2, gaussianMatrix(width, kernelSize, deviation)) as tf.Tensor4D;
    },
    stages(deviation, shape) {
      const along = (length: number) => gaussianMap(length, kernelSize, deviation);
      return [separable(shape, along(shape[1]), along(shape[2]))];
    },
  };
}
