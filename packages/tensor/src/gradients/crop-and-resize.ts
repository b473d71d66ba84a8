/** tfjs has no gradient of cropAndResize. This is the one to the image; there is none to the boxes. */
import * as tf from '@tensorflow/tfjs';
import { addBilinearly, addToNearest, type Places } from './bilinear.ts';
import { replaceGradient } from './register.ts';

export function registerCropAndResizeGradient(): void {
  replaceGradient({
    kernelName: tf.CropAndResize,
    inputsToSave: ['image', 'boxes', 'boxInd'],
    gradFunc: (dy, saved, attrs) => {
      const [image, boxes, boxInd] = saved as [tf.Tensor4D, tf.Tensor2D, tf.Tensor1D];
      const { cropSize, method } = attrs as unknown as tf.CropAndResizeAttrs;
      return { image: () => imageGradient(dy as tf.Tensor4D, image.shape, boxes, boxInd, cropSize, method) };
    },
  });
}

function imageGradient(
  dy: tf.Tensor4D,
  shape: [number, number, number, number],
  boxes: tf.Tensor2D,
  boxInd: tf.Tensor1D,
  [cropHeight, cropWidth]: [number, number],
  method: 'bilinear' | 'nearest',
): tf.Tensor {
  const { inside, ...places } = croppedPlaces(boxes, boxInd, shape, [cropHeight, cropWidth]);
  const kept = tf.mul(dy, tf.expandDims(tf.cast(inside, 'float32'), -1));
  const values = tf.reshape<tf.Rank.R2>(kept, [-1, shape[3]]);
  return method === 'nearest' ? addToNearest(values, places, shape) : addBilinearly(values, places, shape);
}

/** Where crops read the images, flat, and which pixels [boxes, height, width] of the crops lie inside them. */
export function croppedPlaces(
  boxes: tf.Tensor2D,
  boxInd: tf.Tensor1D,
  [, height, width]: [number, number, number, number],
  [cropHeight, cropWidth]: [number, number],
): Places & { readonly inside: tf.Tensor } {
  const count = boxes.shape[0];
  const [top, left, bottom, right] = tf.split(boxes, 4, 1) as [tf.Tensor, tf.Tensor, tf.Tensor, tf.Tensor];
  const grid = [count, cropHeight, cropWidth];
  const row = tf.broadcastTo(
    tf.reshape(sample(top, bottom, height, cropHeight), [count, cropHeight, 1]),
    grid,
  );
  const column = tf.broadcastTo(
    tf.reshape(sample(left, right, width, cropWidth), [count, 1, cropWidth]),
    grid,
  );
  const image = tf.broadcastTo(tf.reshape(boxInd, [count, 1, 1]), grid);
  const inside = tf.logicalAnd(isInside(row, height), isInside(column, width));
  return { image: image.flatten(), row: row.flatten(), column: column.flatten(), inside };
}

/** Where a crop of `count` pixels reads an axis of `size`, for normalised edges [boxes, 1] → [boxes, count]. */
function sample(from: tf.Tensor, to: tf.Tensor, size: number, count: number): tf.Tensor {
  if (count === 1) return tf.mul(tf.add(from, to), 0.5 * (size - 1));
  const share = tf.div(tf.range(0, count), count - 1);
  return tf.mul(tf.add(from, tf.mul(tf.sub(to, from), share)), size - 1);
}

function isInside(place: tf.Tensor, size: number): tf.Tensor {
  return tf.logicalAnd(tf.greaterEqual(place, 0), tf.lessEqual(place, size - 1));
}
