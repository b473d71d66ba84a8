/** Linear maps along one axis of a tensor, with the matrices that resizing, blurring and shifting need. */
import { tf } from '@fovea/tensor';
import { matrixOf, type SparseMap } from './sparse-map.ts';

/** [rows, columns], row after row. */
export interface Matrix {
  readonly rows: number;
  readonly columns: number;
  readonly values: Float32Array;
}

export function matrix(rows: number, columns: number, at: (row: number, column: number) => number): Matrix {
  const values = new Float32Array(rows * columns);
  for (let row = 0; row < rows; row++)
    for (let column = 0; column < columns; column++) values[row * columns + column] = at(row, column);
  return { rows, columns, values };
}

/** y[..., i, ...] = Σ_j map[i, j] · x[..., j, ...] along `axis`. A matrix product, so every backend differentiates it. */
export function alongAxis(x: tf.Tensor, axis: number, map: Matrix): tf.Tensor {
  const order = [axis, ...x.shape.map((_, index) => index).filter((index) => index !== axis)];
  const inFront = tf.transpose(x, order);
  const flat = tf.reshape(inFront, [map.columns, -1]);
  const mapped = tf.matMul(tf.tensor2d(map.values, [map.rows, map.columns]), flat);
  const shaped = tf.reshape(mapped, [map.rows, ...inFront.shape.slice(1)]);
  const back = x.shape.map((_, index) => order.indexOf(index));
  return tf.transpose(shaped, back);
}

/**
 * Bilinear resizing as TensorFlow 1 and Lucid do it: output i reads input i · from / to, not its centre, and
 * beyond the last value the last value.
 */
export function resizeMap(from: number, to: number): SparseMap {
  const scale = Math.fround(from / to);
  return {
    inputs: from,
    outputs: Array.from({ length: to }, (_, output) => {
      const position = Math.fround(output * scale);
      const lower = Math.min(Math.floor(position), from - 1);
      const upper = Math.min(lower + 1, from - 1);
      const part = position - lower;
      return [
        { input: lower, weight: 1 - part },
        { input: upper, weight: part },
      ];
    }),
  };
}

export function resizeMatrix(from: number, to: number): Matrix {
  return matrixOf(resizeMap(from, to));
}

/** A Gaussian of `size` taps, zero outside, as a SAME convolution. Its sum is 1 inside. */
export function gaussianMap(length: number, size: number, standardDeviation: number): SparseMap {
  const middle = (size - 1) / 2;
  const weights = Array.from({ length: size }, (_, tap) =>
    Math.exp(-0.5 * ((tap - middle) / standardDeviation) ** 2),
  );
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  const before = Math.floor((size - 1) / 2);
  return {
    inputs: length,
    outputs: Array.from({ length }, (_, output) =>
      weights
        .map((weight, tap) => ({ input: output + tap - before, weight: weight / total }))
        .filter(({ input }) => input >= 0 && input < length),
    ),
  };
}

export function gaussianMatrix(length: number, size: number, standardDeviation: number): Matrix {
  return matrixOf(gaussianMap(length, size, standardDeviation));
}
