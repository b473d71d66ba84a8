/**
 * WebGPU's own LRNGrad takes seconds where its forward pass takes milliseconds. A sum over neighbouring channels is
 * a 1 × 1 convolution with a band matrix.
 */
import * as tf from '@tensorflow/tfjs';
import { replaceKernel } from '../register.ts';

export function registerLrnGrad(): void {
  replaceKernel({
    kernelName: tf.LRNGrad,
    backendName: 'webgpu',
    kernelFunc: ({ inputs, attrs }) => {
      const { x, dy } = inputs as { x: tf.Tensor4D; dy: tf.Tensor4D };
      return tf.tidy(() => lrnGradient(x, dy, attrs as unknown as tf.LRNGradAttrs));
    },
  });
}

/**
 * For y = x · n^−β with n = bias + α · band(x²): dx = dy · n^−β − 2αβ · x · band(dy · x · n^(−β−1)).
 *
 * @param x [batch, height, width, channels], like dy and the result
 */
export function lrnGradient(
  x: tf.Tensor4D,
  dy: tf.Tensor4D,
  { depthRadius, bias, alpha, beta }: tf.LRNGradAttrs,
): tf.Tensor4D {
  const band = tf.expandDims<tf.Tensor4D>(tf.expandDims(bandMatrix(x.shape[3], depthRadius), 0), 0);
  const sumNeighbours = (values: tf.Tensor4D) => tf.conv2d(values, band, 1, 'valid');
  const norm = tf.add(tf.mul(sumNeighbours(tf.square(x)), alpha), bias);
  const scale = tf.pow(norm, -beta);
  const spread = sumNeighbours(tf.div(tf.mul(tf.mul(dy, x), scale), norm));
  return tf.sub(tf.mul(dy, scale), tf.mul(tf.mul(x, spread), 2 * alpha * beta));
}

function bandMatrix(size: number, radius: number): tf.Tensor2D {
  const values = Array.from({ length: size * size }, (_, index) =>
    Math.abs(Math.floor(index / size) - (index % size)) <= radius ? 1 : 0,
  );
  return tf.tensor2d(values, [size, size]);
}
