/**
 * WASM gives one plain matrix product to XNNPACK; a transposed operand or a batch goes through a loop that is up
 * to 60 times slower. So transpose first, and take the batch apart.
 */
import * as tf from '@tensorflow/tfjs';
import { replaceKernel } from '../register.ts';

/** Multiplications per matrix below which the loop beats the overhead of separate calls. */
const smallProduct = 4096;

export function registerBatchMatMul(): void {
  const stock = tf.getKernel(tf.BatchMatMul, 'wasm');
  replaceKernel({
    ...stock,
    kernelFunc: ({ inputs, backend, attrs }) => {
      const { a, b } = inputs as { a: tf.Tensor; b: tf.Tensor };
      const { transposeA, transposeB } = attrs as { transposeA: boolean; transposeB: boolean };
      const isBatched = batchSize(a) > 1 || batchSize(b) > 1;
      if (isSmall(a, b, transposeB) || !(transposeA || transposeB || isBatched)) {
        return stock.kernelFunc({ inputs, backend, attrs });
      }
      return tf.tidy(() => {
        const left = transposeA ? swapLastAxes(a) : a;
        const right = transposeB ? swapLastAxes(b) : b;
        return isBatched ? multiplyOneByOne(left, right) : tf.matMul(left, right);
      });
    },
  });
}

function batchSize(matrices: tf.Tensor): number {
  return matrices.shape.slice(0, -2).reduce((product, size) => product * size, 1);
}

function isSmall(a: tf.Tensor, b: tf.Tensor, transposeB: boolean): boolean {
  const columns = b.shape.at(transposeB ? -2 : -1)!;
  return (a.size / batchSize(a)) * columns < smallProduct;
}

function swapLastAxes(matrices: tf.Tensor): tf.Tensor {
  const axes = matrices.shape.map((_, axis) => axis);
  return tf.transpose(matrices, [...axes.slice(0, -2), axes.at(-1)!, axes.at(-2)!]);
}

function multiplyOneByOne(a: tf.Tensor, b: tf.Tensor): tf.Tensor {
  const batchShape = tf.broadcast_util.assertAndGetBroadcastShape(a.shape.slice(0, -2), b.shape.slice(0, -2));
  const lefts = matrices(a, batchShape);
  const rights = matrices(b, batchShape);
  const products = lefts.map((left, index) => tf.matMul(left, rights[index]!));
  return tf.reshape(tf.stack(products), [...batchShape, a.shape.at(-2)!, b.shape.at(-1)!]);
}

/** The matrices of a tensor [...batch, rows, columns], repeated where its batch is broadcast to `batchShape`. */
function matrices(tensor: tf.Tensor, batchShape: number[]): tf.Tensor2D[] {
  const [rows, columns] = tensor.shape.slice(-2) as [number, number];
  const length = batchShape.reduce((product, size) => product * size, 1);
  if (batchSize(tensor) === 1) {
    const one = tf.reshape<tf.Rank.R2>(tensor, [rows, columns]);
    return Array.from({ length }, () => one);
  }
  const full = tf.broadcastTo(tensor, [...batchShape, rows, columns]);
  return tf.unstack(tf.reshape(full, [length, rows, columns])) as tf.Tensor2D[];
}
