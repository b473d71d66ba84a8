/**
 * Bilinear sampling inside a compiled step. Its gradient is a sampling, too: every input reads the outputs that read
 * it. Adding to the inputs in the order of the outputs, as the gradient of a gather does, takes one thread only.
 */
import { tf } from '@fovea/tensor';
import type { AffineMap } from './affine-map.ts';
import type { HostArray, MakeArray } from './host-array.ts';

/** A rotated grid has at most this many points less than a pixel away, along both axes, from any place. */
const usualReaders = 6;

export type Size = readonly [height: number, width: number];

export interface Sampling {
  /** From positions of the output to those of the input. */
  readonly map: AffineMap;
  /** Of the input, and of the part of it that is image: what lies outside is black. */
  readonly from: Size;
  readonly input: Size;
  /** The same of the output. */
  readonly to: Size;
  readonly output: Size;
}

/** What `sample` is fed: positions and weights of the reads, and of those of the gradient. */
export function samplingArrays(
  sampling: Sampling,
  make: MakeArray,
  mostReaders = usualReaders,
): readonly HostArray[] {
  const { map, from, input, to, output } = sampling;
  const outputs = to[0] * to[1];
  const inputs = from[0] * from[1];
  // Numbers of their own: elements of arrays are read anew at each of a hundred thousand turns.
  const [height, width] = input;
  const [rows, columns] = output;
  const [rowStepY, rowStepX] = map.byRow;
  const [columnStepY, columnStepX] = map.byColumn;
  const [rowLength, outputRowLength] = [from[1], to[1]];
  /** Tap after tap of all outputs. */
  const positions = make(Int32Array, 4 * outputs);
  const weights = make(Float32Array, 4 * outputs);
  /** Reader after reader of all inputs; those that are missing weigh nothing. */
  const readers = make(Int32Array, mostReaders * inputs);
  const readerWeights = make(Float32Array, mostReaders * inputs);
  const counts = new Uint8Array(inputs);
  for (let row = 0; row < rows; row++) {
    const startY = map.origin[0] + row * rowStepY;
    const startX = map.origin[1] + row * rowStepX;
    for (let column = 0; column < columns; column++) {
      const y = startY + column * columnStepY;
      const x = startX + column * columnStepX;
      const top = Math.floor(y);
      const left = Math.floor(x);
      const place = row * outputRowLength + column;
      for (let corner = 0; corner < 4; corner++) {
        const tapY = top + (corner >> 1);
        const tapX = left + (corner & 1);
        if (tapY < 0 || tapX < 0 || tapY >= height || tapX >= width) continue;
        const weight = (1 - Math.abs(y - tapY)) * (1 - Math.abs(x - tapX));
        if (weight === 0) continue;
        const position = tapY * rowLength + tapX;
        positions[corner * outputs + place] = position;
        weights[corner * outputs + place] = weight;
        const reader = counts[position]!++;
        if (reader === mostReaders) return samplingArrays(sampling, make, mostReaders + 1);
        readers[reader * inputs + position] = place;
        readerWeights[reader * inputs + position] = weight;
      }
    }
  }
  return [positions, weights, readers, readerWeights].map((values) => ({ shape: [values.length], values }));
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
 * Plane by plane: a gather of several at once would need its positions for each of them.
 * @param planes [planes, places]
 * @param positions tap after tap of all results
 * @returns [planes, results]
 */
function weightedReads(
  planes: tf.Tensor2D,
  positions: tf.Tensor1D,
  weights: tf.Tensor1D,
  results: number,
): tf.Tensor2D {
  const taps = positions.size / results;
  const sums = tf.unstack(planes).map((plane) => {
    const weighted = tf.mul(tf.gather(plane as tf.Tensor1D, positions), weights);
    // A product with ones is four times as fast as a sum.
    return tf.matMul<tf.Tensor2D>(tf.ones([1, taps]), tf.reshape(weighted, [taps, results]));
  });
  return tf.concat(sums, 0);
}
