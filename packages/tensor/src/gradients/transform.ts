/** tfjs has no gradient of image.transform. This is the one to the image; there is none to the transforms. */
import * as tf from '@tensorflow/tfjs';
import { addBilinearly, addToNearest, type Places } from './bilinear.ts';
import { replaceGradient } from './register.ts';

export function registerTransformGradient(): void {
  replaceGradient({
    kernelName: tf.Transform,
    inputsToSave: ['image', 'transforms'],
    gradFunc: (dy, saved, attrs) => {
      const [image, transforms] = saved as [tf.Tensor4D, tf.Tensor2D];
      const { interpolation, fillMode } = attrs as unknown as tf.TransformAttrs;
      if (fillMode !== 'constant') {
        throw new Error(`image.transform has a gradient with fill mode "constant", not with "${fillMode}".`);
      }
      return { image: () => imageGradient(dy as tf.Tensor4D, image.shape, transforms, interpolation) };
    },
  });
}

function imageGradient(
  dy: tf.Tensor4D,
  shape: [number, number, number, number],
  transforms: tf.Tensor2D,
  interpolation: 'bilinear' | 'nearest',
): tf.Tensor {
  const values = tf.reshape<tf.Rank.R2>(dy, [-1, shape[3]]);
  const places = transformedPlaces(transforms, dy.shape);
  return interpolation === 'nearest'
    ? addToNearest(values, places, shape)
    : addBilinearly(values, places, shape);
}

/** Where each output pixel reads: x = (a0·X + a1·Y + a2) / k, y = (b0·X + b1·Y + b2) / k, k = c0·X + c1·Y + 1. */
export function transformedPlaces(transforms: tf.Tensor2D, [batch, height, width]: number[]): Places {
  const grid = [batch!, height!, width!];
  const outRow = tf.reshape(tf.range(0, height!), [1, height!, 1]);
  const outColumn = tf.reshape(tf.range(0, width!), [1, 1, width!]);
  const coefficients = tf.split(tf.reshape(transforms, [-1, 1, 1, 8]), 8, 3).map((c) => tf.squeeze(c, [3]));
  const linear = (first: number) =>
    tf.add(tf.mul(coefficients[first]!, outColumn), tf.mul(coefficients[first + 1]!, outRow));
  const projection = tf.add(linear(6), 1);
  const place = (first: number) =>
    tf.broadcastTo(tf.div(tf.add(linear(first), coefficients[first + 2]!), projection), grid).flatten();
  const image = tf.broadcastTo(tf.reshape(tf.range(0, batch!, 1, 'int32'), [batch!, 1, 1]), grid);
  return { image: image.flatten(), row: place(3), column: place(0) };
}
