/** From unbounded values to colours in [0, 1]. Lucid, optvis/param/color.py. */
import { tf } from '@fovea/tensor';
import { colorCorrelationSqrt, colorMean, maxColorNorm } from '../constants.ts';
import { constrainLInf } from './unit-ball.ts';

/** Decorrelated colours → correlated ones as in natural images: t · Cᵀ. @param t [..., 3] */
export function recorrelate<T extends tf.Tensor>(t: T): T {
  const transposed = [0, 1, 2].flatMap((row) =>
    [0, 1, 2].map((column) => colorCorrelationSqrt[column]![row]! / maxColorNorm),
  );
  // As a convolution, so that a compiled step may keep channels first.
  const images = tf.reshape<tf.Rank.R4>(t, t.rank === 4 ? (t as tf.Tensor4D).shape : [1, 1, -1, 3]);
  return tf.reshape(tf.conv2d(images, tf.tensor4d(transposed, [1, 1, 3, 3]), 1, 'valid'), t.shape) as T;
}

/** Values → correlated colours around the mean colour of natural images, neither squashed nor clipped yet. */
export function linearRgb<T extends tf.Tensor>(t: T): T {
  return tf.add(recorrelate(t), tf.tensor1d([...colorMean]));
}

/**
 * @param t [batch, height, width, 3], unbounded
 * @param decorrelate whether t is in a colour space whose channels are uncorrelated in natural images
 * @param sigmoid squash; else clip, which keeps colours linear around the mean colour
 * @returns the same shape in [0, 1]
 */
export function toValidRgb(t: tf.Tensor4D, { decorrelate = true, sigmoid = true } = {}): tf.Tensor4D {
  if (sigmoid) return tf.sigmoid(decorrelate ? recorrelate(t) : t);
  const linear = decorrelate ? linearRgb(t) : t;
  return tf.add(tf.div(constrainLInf(tf.sub(tf.mul(linear, 2), 1)), 2), 0.5);
}
