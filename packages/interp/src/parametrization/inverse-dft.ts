/**
 * The inverse real discrete Fourier transform as two matrix products with tables of cosines and sines: it has a
 * gradient on every backend, which the FFT of tfjs has nowhere, and is cheap at the sizes of pictures.
 */
import { tf } from '@fovea/tensor';
import { matrix, type Matrix } from '../linear-map.ts';

/** Frequencies kept of a row of `width` values. An odd width keeps one more, as in Lucid, and is cropped. */
export function keptFrequencies(width: number): number {
  return Math.floor(width / 2) + 1 + (width % 2);
}

/** sqrt(fx² + fy²) in cycles per pixel, [height · keptFrequencies(width)]. */
export function radialFrequencies(height: number, width: number): Float64Array {
  const kept = keptFrequencies(width);
  return Float64Array.from({ length: height * kept }, (_, index) =>
    Math.hypot(frequency(Math.floor(index / kept), height), frequency(index % kept, width)),
  );
}

/** numpy.fft.fftfreq(length)[index] */
function frequency(index: number, length: number): number {
  return (index < Math.ceil(length / 2) ? index : index - length) / length;
}

export interface InverseDft {
  /** real and imaginary part [2, batch, channels, height, kept] → [batch, height, width, channels] */
  (spectrum: tf.Tensor): tf.Tensor4D;
}

/** TensorFlow's irfft2d: scaled by 1 / count, deaf to the imaginary part of the first and last column. */
export function inverseRealDft(height: number, width: number): InverseDft {
  const columns = columnTable(height);
  const rows = rowTable(width);
  const kept = keptFrequencies(width);
  return (spectrum) => {
    const [, batch, channels] = spectrum.shape as [number, number, number];
    const parts = tf.reshape(tf.transpose(spectrum, [1, 2, 0, 3, 4]), [batch * channels, 2 * height, kept]);
    const alongY = tf.matMul(tf.tensor2d(columns.values, [columns.rows, columns.columns]), parts);
    const alongX = tf.matMul(
      tf.reshape<tf.Rank.R2>(alongY, [-1, 2 * kept]),
      tf.tensor2d(rows.values, [rows.rows, rows.columns]),
    );
    const planar = tf.reshape(alongX, [batch, channels, height, width]);
    return tf.transpose<tf.Tensor4D>(planar as tf.Tensor4D, [0, 2, 3, 1]);
  };
}

/**
 * [2 · height, 2 · height]: from the real parts of all frequencies, then the imaginary ones, to the real and the
 * imaginary part of one row after another.
 */
function columnTable(height: number): Matrix {
  return matrix(2 * height, 2 * height, (row, column) => {
    const angle = (2 * Math.PI * (((row >> 1) * (column % height)) % height)) / height;
    const [toReal, fromReal] = [row % 2 === 0, column < height];
    if (fromReal === toReal) return Math.cos(angle) / height;
    return (toReal ? -Math.sin(angle) : Math.sin(angle)) / height;
  });
}

/** [2 · kept, width]: real values of a row. Every frequency but the first and the last stands for two. */
function rowTable(width: number): Matrix {
  const kept = keptFrequencies(width);
  const length = 2 * (kept - 1);
  return matrix(2 * kept, width, (row, x) => {
    const k = row % kept;
    const angle = (2 * Math.PI * ((k * x) % length)) / length;
    const weight = (k === 0 || k === kept - 1 ? 1 : 2) / length;
    return weight * (row < kept ? Math.cos(angle) : -Math.sin(angle));
  });
}
