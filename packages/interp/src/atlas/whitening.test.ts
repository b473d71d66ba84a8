import { startBackend, tf } from '@fovea/tensor';
import { beforeAll, expect, test } from 'vitest';
import { whitening } from './whitening.ts';

beforeAll(async () => {
  await startBackend();
});

test('solves with the mean of h·hᵀ and a ridge on its diagonal', async () => {
  const activations = tf.tensor2d([
    [1, 2, 0],
    [0, 1, 3],
    [2, 0, 1],
    [1, 1, 1],
  ]);
  const direction = [0.3, -1, 2];
  const whitened = (await whitening(activations, 0.1))(direction);
  const second = tf.matMul(activations, activations, true).div<tf.Tensor2D>(4);
  const trace = (await second.array()).reduce((sum, row, index) => sum + row[index]!, 0);
  const matrix = second.add<tf.Tensor2D>(tf.eye(3).mul((0.1 * trace) / 3));
  const back = await tf.matMul(matrix, tf.tensor2d(whitened, [3, 1])).data();
  back.forEach((value, index) => expect(value).toBeCloseTo(direction[index]!, 5));
});

test('leaves units that never fire finite', async () => {
  const whiten = await whitening(
    tf.tensor2d([
      [1, 0],
      [2, 0],
    ]),
    0.1,
  );
  expect(whiten([1, 1]).every(Number.isFinite)).toBe(true);
});
