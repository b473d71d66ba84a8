import { radiansPerDegree } from '../constants.ts';
import { bilinearTaps, resample } from '../resample.ts';
import { positionIn, rotation } from './affine-map.ts';
import { sampled } from './stage.ts';
import type { Transform } from './transform.ts';

/**
 * By one of these angles, in degrees, around the middle; black outside. Sampling is bilinear: the nearest pixel,
 * which Lucid's rotation took, moves nothing by less than a pixel, and its gradient skips some pixels of the
 * picture and counts others twice.
 */
export function randomRotate(angles: readonly number[]): Transform<number> {
  return {
    draw: (shape, { random }) => ({ draw: angles[random.integer(angles.length)]!, shape }),
    apply(image, angle) {
      if (angle === 0) return image;
      const [, height, width] = image.shape;
      const map = rotation(angle * radiansPerDegree, height, width);
      const at = (row: number, column: number) => positionIn(map, row, column);
      return resample(image, bilinearTaps([height, width], [height, width], at, 'zero'));
    },
    stages(angle, shape) {
      const [, height, width] = shape;
      return [sampled(shape, rotation(angle * radiansPerDegree, height, width))];
    },
  };
}
