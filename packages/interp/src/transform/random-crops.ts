import { tf } from '@fovea/tensor';
import { sizeOf } from '../parametrization/parametrization.ts';
import { bilinearTaps, resample } from '../resample.ts';
import type { ImageShape, Transform } from './transform.ts';

export interface RandomCropsOptions {
  readonly crops: number;
  /** Mean side of a crop as a part of the image's, at the first and the last step; linear between. */
  readonly boxFrom: number;
  readonly boxTo: number;
  /** Standard deviation of normal noise, and width of even noise, added to the crops. */
  readonly noise: number;
  /** Side of the crops after resizing; default: the model's input. */
  readonly size?: number;
}

interface Box {
  readonly centerY: number;
  readonly centerX: number;
  /** As a part of the image's side. */
  readonly side: number;
}

interface Draw {
  readonly boxes: readonly Box[];
  readonly shape: ImageShape;
  /** [crops · height · width · channels] */
  readonly noise: Float32Array;
}

/** Spread of the centres and of the sides of the boxes, and their least side (Xplique). */
const centerDeviation = 0.15;
const sideDeviation = 0.05;
const leastSide = 0.05;

/** MaCo's crops: the network sees parts of the one picture, smaller and smaller, with a little noise. */
export function randomCrops({ crops, boxFrom, boxTo, noise, size }: RandomCropsOptions): Transform<Draw> {
  return {
    draw([, , , channels], { random, step, steps, modelInput }) {
      const meanSide = boxFrom + ((boxTo - boxFrom) * step) / Math.max(1, steps - 1);
      const boxes = Array.from({ length: crops }, () => ({
        centerY: 0.5 + centerDeviation * random.normal(),
        centerX: 0.5 + centerDeviation * random.normal(),
        side: Math.min(1, Math.max(leastSide, meanSide + sideDeviation * random.normal())),
      }));
      const shape = [crops, size ?? modelInput.height, size ?? modelInput.width, channels] as const;
      const values = Float32Array.from(
        { length: sizeOf(shape) },
        () => noise * (random.normal() + random.uniform() - 0.5),
      );
      return { draw: { boxes, shape, noise: values }, shape };
    },
    apply(image, { boxes, shape, noise }) {
      const [, height, width] = shape;
      const cut = boxes.map((box) => resample(image, cropTaps(box, image.shape, [height, width])));
      return tf.add(tf.concat(cut, 0), tf.tensor4d(noise, [...shape]));
    },
  };
}

/** TensorFlow's crop_and_resize: the corners of the box are the centres of the corner pixels. */
function cropTaps(
  { centerY, centerX, side }: Box,
  [, height, width]: ImageShape,
  output: readonly [number, number],
) {
  const at = (row: number, column: number) =>
    [
      (centerY + side * (output[0] > 1 ? row / (output[0] - 1) - 0.5 : 0)) * (height - 1),
      (centerX + side * (output[1] > 1 ? column / (output[1] - 1) - 0.5 : 0)) * (width - 1),
    ] as const;
  return bilinearTaps([height, width], output, at, 'crop');
}
