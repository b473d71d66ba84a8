import { radiansPerDegree } from '../constants.ts';
import { bilinearTaps, resample } from '../resample.ts';
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
      const at = rotation(angle * radiansPerDegree, height, width);
      return resample(image, bilinearTaps([height, width], [height, width], at, 'zero'));
    },
    stages(angle, shape) {
      const [, height, width] = shape;
      const at = rotation(angle * radiansPerDegree, height, width);
      const taps = bilinearTaps([height, width], [height, width], at, 'zero');
      return [{ kind: 'taps', shape, from: [height, width], taps }];
    },
  };
}

function rotation(angle: number, height: number, width: number) {
  const [cos, sin] = [Math.cos(angle), Math.sin(angle)];
  const [middleY, middleX] = [(height - 1) / 2, (width - 1) / 2];
  return (row: number, column: number) => {
    const [y, x] = [row - middleY, column - middleX];
    return [middleY + sin * x + cos * y, middleX + cos * x - sin * y] as const;
  };
}
