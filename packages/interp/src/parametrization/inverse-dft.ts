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
  const rows = rowTable(height);
  const columns = columnTable(width);
  const kept = keptFrequencies(width);
  return (spectrum) => {
    const [, batch, channels] = spectrum.shape as [number, number, number];
    const lines = tf.reshape(tf.transpose(spectrum, [1, 2, 3, 0, 4]), [-1, 2 * kept]);
    const alongX = tf.matMul(lines, tf.tensor2d(columns.values, [columns.rows, columns.columns]));
    const parts = tf.transpose(tf.reshape(alongX, [batch, channels, height, 2, width]), [3, 2, 0, 1, 4]);
    const alongY = tf.matMul(
      tf.tensor2d(rows.values, [rows.rows, rows.columns]),
      tf.reshape<tf.Rank.R2>(parts, [2 * height, batch * channels * width]),
    );
    return tf.transpose<tf.Tensor4D>(tf.reshape(alongY, [height, batch, channels, width]), [1, 0, 3, 2]);
  };
}

/** [height, 2 · height]: real part of the sum over ky, from (real | imaginary) columns. */
function rowTable(height: number): Matrix {
  return matrix(height, 2 * height, (y, column) => {
    const angle = (2 * Math.PI * ((y * (column % height)) % height)) / height;
    return (column < height ? Math.cos(angle) : -Math.sin(angle)) / height;
  });
}

/**
 * [2 · kept, 2 · width]: (real | imaginary) frequencies → (real | imaginary) halves of what is still to be summed
 * over ky. Every frequency but the first and the last stands for two.
 */
function columnTable(width: number): Matrix {
  const kept = keptFrequencies(width);
  const length = 2 * (kept - 1);
  return matrix(2 * kept, 2 * width, (row, column) => {
    const k = row % kept;
    const angle = (2 * Math.PI * ((k * (column % width)) % length)) / length;
    const weight = (k === 0 || k === kept - 1 ? 1 : 2) / length;
    const fromReal = row < kept;
    const toReal = column < width;
    if (fromReal === toReal) return weight * Math.cos(angle);
    return weight * (toReal ? -Math.sin(angle) : Math.sin(angle));
  });
}
