/** Linear maps along one axis of a tensor, with the matrices that resizing, blurring and shifting need. */
import { tf } from '@fovea/tensor';

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
export function resizeMatrix(from: number, to: number): Matrix {
  const values = new Float32Array(to * from);
  const scale = Math.fround(from / to);
  for (let row = 0; row < to; row++) {
    const position = Math.fround(row * scale);
    const lower = Math.min(Math.floor(position), from - 1);
    const upper = Math.min(lower + 1, from - 1);
    const part = position - lower;
    values[row * from + lower]! += 1 - part;
    values[row * from + upper]! += part;
  }
  return { rows: to, columns: from, values };
}

/** A Gaussian of `size` taps, zero outside, as a SAME convolution. Its sum is 1 inside. */
export function gaussianMatrix(length: number, size: number, standardDeviation: number): Matrix {
  const middle = (size - 1) / 2;
  const taps = Array.from({ length: size }, (_, tap) =>
    Math.exp(-0.5 * ((tap - middle) / standardDeviation) ** 2),
  );
  const total = taps.reduce((sum, tap) => sum + tap, 0);
  const before = Math.floor((size - 1) / 2);
  return matrix(length, length, (row, column) => (taps[column - row + before] ?? 0) / total);
}
