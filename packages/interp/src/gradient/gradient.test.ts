import { startBackend, tf } from '@fovea/tensor';
import { beforeAll, expect, test } from 'vitest';
import { nonlinearitiesAt } from './override.ts';
import { redirectedRelu, redirectedRelu6 } from './redirected-relu.ts';
import { smoothedMaxPool } from './smoothed-max-pool.ts';
import { stopGradient } from './stop-gradient.ts';

beforeAll(async () => {
  await startBackend({ force: 'wasm', threads: 1 });
});

const gradient = (f: (x: tf.Tensor) => tf.Tensor, x: tf.Tensor, dy: tf.Tensor) => [
  ...tf.grad(f)(x, dy).dataSync(),
];

test('a ReLU is redirected only in examples whose whole gradient would vanish, and only towards firing', () => {
  const x = tf.tensor2d([-1, -2, -1, 2], [2, 2]);
  const dy = tf.tensor2d([-1, 1, -1, 1], [2, 2]);
  expect(gradient(redirectedRelu, x, dy)).toEqual([-1, 0, 0, 1]);
});

test('a saturated ReLU6 is pushed down, a silent one up', () => {
  const x = tf.tensor2d([-1, 7, 8, -3], [1, 4]);
  const dy = tf.tensor2d([-1, 1, -1, 1], [1, 4]);
  expect(gradient(redirectedRelu6, x, dy)).toEqual([-1, 1, 0, 0]);
});

test('ReLUs are redirected in the first 16 steps and never after', () => {
  const overrides = { redirectedRelu: true, maxPoolGradient: 'exact' } as const;
  expect(Object.keys(nonlinearitiesAt(15, overrides))).toEqual(['relu', 'relu6']);
  expect(nonlinearitiesAt(16, overrides)).toEqual({});
});

test('a smoothed max pool keeps its values and shares its gradient', () => {
  const x = tf.tensor4d([1, 2, 3, 4], [1, 2, 2, 1]);
  const pool = (kind: 'average' | 'l2') => (value: tf.Tensor) =>
    smoothedMaxPool(kind)(value as tf.Tensor4D, 2, 2, 'valid');
  expect(pool('average')(x).dataSync()[0]).toBeCloseTo(4, 5);
  const dy = tf.ones([1, 1, 1, 1]);
  expect(gradient(pool('average'), x, dy)).toEqual([0.25, 0.25, 0.25, 0.25]);
  // Of mean(x²) / (0.01 + mean |x|), which is 7.5 / 2.51 here.
  const expected = [1, 2, 3, 4].map((value) => (0.5 * value - (0.25 * 7.5) / 2.51) / 2.51);
  expect(gradient(pool('l2'), x, dy)).toEqual(expected.map((value) => expect.closeTo(value, 5) as number));
});

test('a window over the edge is smoothed over what lies inside', () => {
  const x = tf.tensor4d([1, 2, 3], [1, 1, 3, 1]);
  const pool = (value: tf.Tensor) =>
    smoothedMaxPool('average')(value as tf.Tensor4D, [1, 2], [1, 2], [0, 0, 0, 1]);
  expect([...pool(x).dataSync()]).toEqual([2, 3]);
  expect(gradient(pool, x, tf.ones([1, 1, 2, 1]))).toEqual([0.5, 0.5, 1]);
});

test('no gradient passes where it is stopped', () => {
  expect(gradient((x) => tf.mul(x, stopGradient(x)), tf.tensor1d([3]), tf.tensor1d([1]))).toEqual([3]);
});
