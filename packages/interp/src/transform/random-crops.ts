import { tf } from '@fovea/tensor';
import { sizeOf } from '../parametrization/parametrization.ts';
import { bilinearTaps, resample } from '../resample.ts';
import { matrixOf, type SparseMap } from '../sparse-map.ts';
import type { FedStage } from './stage.ts';
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
    stages: ({ boxes, shape, noise }, [, height, width]) => [cropStage(boxes, shape, noise, [height, width])],
  };
}

/** A crop is separable, but each its own way: a matrix for the rows of each, and one for the columns. */
function cropStage(
  boxes: readonly Box[],
  shape: ImageShape,
  noise: Float32Array,
  [height, width]: readonly [number, number],
): FedStage {
  const [crops, newHeight, newWidth, channels] = shape;
  const rows = boxes.map(({ centerY, side }) => cropMap(height, newHeight, centerY, side));
  const columns = boxes.map(({ centerX, side }) => cropMap(width, newWidth, centerX, side));
  return {
    kind: 'fed',
    shape,
    name: 'randomCrops',
    arrays: [
      { shape: [1, crops * newHeight, height], values: stacked(rows) },
      { shape: [1, crops, newWidth, width], values: stacked(columns) },
      { shape, values: noise },
    ],
    apply(image, [fedRows, fedColumns, fedNoise]) {
      const planar = tf.reshape(tf.transpose(image, [0, 3, 1, 2]), [channels, height, width]);
      const tall = tf.reshape(tf.matMul(fedRows!, planar), [channels, crops, newHeight, width]);
      const cut = tf.transpose<tf.Tensor4D>(tf.matMul(tall, fedColumns!, false, true), [1, 2, 3, 0]);
      return tf.add(cut, fedNoise!);
    },
  };
}

/** One axis of the crops above. */
function cropMap(inputs: number, length: number, center: number, side: number): SparseMap {
  return {
    inputs,
    outputs: Array.from({ length }, (_, output) => {
      const position = (center + side * (length > 1 ? output / (length - 1) - 0.5 : 0)) * (inputs - 1);
      if (position < 0 || position > inputs - 1) return [];
      const lower = Math.floor(position);
      const upper = { input: lower + 1, weight: position - lower };
      return [{ input: lower, weight: 1 - upper.weight }, ...(upper.input < inputs ? [upper] : [])];
    }),
  };
}

function stacked(maps: readonly SparseMap[]): Float32Array {
  const matrices = maps.map((map) => matrixOf(map).values);
  const all = new Float32Array(matrices.length * matrices[0]!.length);
  for (const [index, values] of matrices.entries()) all.set(values, index * values.length);
  return all;
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
