/** Discrete Fourier transforms along the last axis, as products with tables of cosines and sines. */
import * as tf from '@tensorflow/tfjs';
import type { Composition } from './composition.ts';

const transform =
  (direction: 'forward' | 'inverse'): Composition =>
  ({ input }: { input: tf.Tensor }) => {
    const length = input.shape.at(-1)!;
    const rows = (part: tf.Tensor) => tf.reshape<tf.Rank.R2>(part, [-1, length]);
    const [real, imaginary] = [rows(tf.real(input)), rows(tf.imag(input))];
    const cosines = table(length, Math.cos);
    const sines = table(length, direction === 'forward' ? (angle) => -Math.sin(angle) : Math.sin);
    const scale = direction === 'forward' ? 1 : 1 / length;
    const sum = (a: tf.Tensor, b: tf.Tensor) => tf.reshape(tf.mul(tf.add(a, b), scale), input.shape);
    return tf.complex(
      sum(tf.matMul(real, cosines), tf.neg(tf.matMul(imaginary, sines))),
      sum(tf.matMul(real, sines), tf.matMul(imaginary, cosines)),
    );
  };

/** of(2π · position · frequency / length), [position, frequency] */
function table(length: number, of: (angle: number) => number): tf.Tensor2D {
  const values = Float32Array.from({ length: length * length }, (_, index) => {
    const turns = (Math.floor(index / length) * (index % length)) % length;
    return of((2 * Math.PI * turns) / length);
  });
  return tf.tensor2d(values, [length, length]);
}

export const fourierCompositions: Readonly<Record<string, Composition>> = {
  FFT: transform('forward'),
  IFFT: transform('inverse'),
};
