/**
 * Bilinear sampling inside a compiled step. Its gradient is a sampling, too: every input reads the outputs that read
 * it. Adding to the inputs in the order of the outputs, as the gradient of a gather does, takes six times as long.
 */
import { tf } from '@fovea/tensor';
import type { Taps } from '../resample.ts';
import type { HostArray } from './stage.ts';

/** A rotated grid has at most this many points less than a pixel away, along both axes, from any place. */
const usualReaders = 6;

type Size = readonly [height: number, width: number];

/** What `sample` is fed: positions and weights of the reads, and of those of the gradient. */
export function samplingArrays({ positions, weights }: Taps, [height, width]: Size): readonly HostArray[] {
  const outputs = positions.length / 4;
  const inputs = height * width;
  const readers = readersOf(positions, weights, inputs);
  return [
    { shape: [4 * outputs], values: byTap(positions, 4) },
    { shape: [4 * outputs], values: byTap(weights, 4) },
    { shape: [readers.positions.length], values: readers.positions },
    { shape: [readers.weights.length], values: readers.weights },
  ];
}

/** @param image [batch, height, width, channels] */
export function sample(image: tf.Tensor4D, arrays: readonly tf.Tensor[], output: Size): tf.Tensor4D {
  const [batch, height, width, channels] = image.shape;
  const [positions, weights, readers, readerWeights] = arrays as tf.Tensor1D[];
  const sampled = tf.customGrad((planes) => ({
    value: weightedReads(planes as tf.Tensor2D, positions!, weights!, output[0] * output[1]),
    gradFunc: (dy) => weightedReads(dy as tf.Tensor2D, readers!, readerWeights!, height * width),
  }));
  const planes = tf.reshape(tf.transpose(image, [0, 3, 1, 2]), [batch * channels, height * width]);
  const shaped = tf.reshape(sampled(planes), [batch, channels, ...output]);
  return tf.transpose(shaped, [0, 2, 3, 1]) as tf.Tensor4D;
}

/**
 * @param planes [planes, places] @param positions tap after tap of all results @returns [planes, results]
 */
function weightedReads(
  planes: tf.Tensor2D,
  positions: tf.Tensor1D,
  weights: tf.Tensor1D,
  results: number,
): tf.Tensor2D {
  // All planes of a place lie together while they are read, and apart while they are added up.
  const read = tf.transpose(tf.gather(tf.transpose(planes), positions));
  return tf.sum(tf.reshape(tf.mul(read, weights), [planes.shape[0], -1, results]), 1);
}

/** For each input the outputs that read it, reader after reader of all inputs; the missing ones weigh nothing. */
function readersOf(positions: Int32Array, weights: Float32Array, inputs: number) {
  const counts = new Uint8Array(inputs);
  for (let tap = 0; tap < positions.length; tap++) if (weights[tap] !== 0) counts[positions[tap]!]!++;
  let most = usualReaders;
  for (const count of counts) most = Math.max(most, count);
  const readers = {
    positions: new Int32Array(most * inputs),
    weights: new Float32Array(most * inputs),
  };
  counts.fill(0);
  for (let tap = 0; tap < positions.length; tap++) {
    if (weights[tap] === 0) continue;
    const input = positions[tap]!;
    const place = counts[input]!++ * inputs + input;
    readers.positions[place] = tap >> 2;
    readers.weights[place] = weights[tap]!;
  }
  return readers;
}

/** [outputs · taps] → [taps · outputs] */
function byTap<T extends Int32Array | Float32Array>(values: T, taps: number): T {
  const outputs = values.length / taps;
  const ordered = values.slice() as T;
  for (let output = 0, next = 0; output < outputs; output++)
    for (let tap = 0; tap < taps; tap++, next++) ordered[tap * outputs + output] = values[next]!;
  return ordered;
}
