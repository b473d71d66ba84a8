/** What the gradients of image resampling share: reading an image between its pixels, and the reverse. */
import * as tf from '@tensorflow/tfjs';

/** Places in the images of a batch, all of one shape [...]; rows and columns are in pixels and may lie outside. */
export interface Places {
  /** Index of the image; int32. */
  readonly image: tf.Tensor;
  readonly row: tf.Tensor;
  readonly column: tf.Tensor;
}

/**
 * Adds values to the pixels around their places, with the weights by which bilinear reading would take them; what
 * falls outside the image is dropped.
 *
 * @param values [places, channels]
 * @param places each of shape [places]
 * @param shape [batch, height, width, channels]
 */
export function addBilinearly(values: tf.Tensor2D, places: Places, shape: number[]): tf.Tensor4D {
  const [batch, height, width, channels] = shape as [number, number, number, number];
  const sums = corners(places).map(({ row, column, weight }) => {
    const inside = tf.logicalAnd(isWithin(row, height), isWithin(column, width));
    const weighted = tf.mul(values, tf.expandDims(tf.mul(weight, tf.cast(inside, 'float32')), -1));
    const pixel = flatIndex(places.image, row, column, height, width);
    return tf.unsortedSegmentSum(weighted, pixel, batch * height * width);
  });
  return tf.reshape(tf.addN(sums), [batch, height, width, channels]);
}

/**
 * What images show at places between their pixels; outside of them `fill`.
 *
 * @param places each of shape [places]
 * @returns [places, channels]
 */
export function readBilinearly(images: tf.Tensor4D, places: Places, fill: number): tf.Tensor2D {
  const [, height, width, channels] = images.shape;
  const pixels = tf.reshape<tf.Rank.R2>(images, [-1, channels]);
  const parts = corners(places).map(({ row, column, weight }) => {
    const inside = tf.expandDims(tf.logicalAnd(isWithin(row, height), isWithin(column, width)), -1);
    const read = tf.gather(pixels, flatIndex(places.image, row, column, height, width));
    return tf.mul(tf.where(tf.broadcastTo(inside, read.shape), read, fill), tf.expandDims(weight, -1));
  });
  return tf.addN(parts) as tf.Tensor2D;
}

/** The same places, moved to the nearest pixels. */
export function nearest(places: Places): Places {
  const row = tf.floor(tf.add(places.row, 0.5));
  const column = tf.floor(tf.add(places.column, 0.5));
  return { ...places, row, column };
}

/** The four pixels around each place, and how much each counts. */
function corners(places: Places) {
  const top = tf.floor(places.row);
  const left = tf.floor(places.column);
  const below = tf.sub(places.row, top);
  const right = tf.sub(places.column, left);
  return [
    { row: top, column: left, weight: tf.mul(tf.sub(1, below), tf.sub(1, right)) },
    { row: top, column: tf.add(left, 1), weight: tf.mul(tf.sub(1, below), right) },
    { row: tf.add(top, 1), column: left, weight: tf.mul(below, tf.sub(1, right)) },
    { row: tf.add(top, 1), column: tf.add(left, 1), weight: tf.mul(below, right) },
  ];
}

/** Adds values to the pixels that are nearest to their places. */
export function addToNearest(values: tf.Tensor2D, places: Places, shape: number[]): tf.Tensor4D {
  return addBilinearly(values, nearest(places), shape);
}

function isWithin(index: tf.Tensor, size: number): tf.Tensor {
  return tf.logicalAnd(tf.greaterEqual(index, 0), tf.less(index, size));
}

function flatIndex(
  image: tf.Tensor,
  row: tf.Tensor,
  column: tf.Tensor,
  height: number,
  width: number,
): tf.Tensor1D {
  const line = tf.clipByValue(row, 0, height - 1).toInt();
  const pixel = tf.clipByValue(column, 0, width - 1).toInt();
  return tf
    .add(tf.mul(tf.add(tf.mul(image, height), line), width), pixel)
    .toInt()
    .as1D();
}
