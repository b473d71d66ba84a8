import { expect, test } from 'vitest';
import * as tf from '@tensorflow/tfjs';
import { startBackend } from '../backends/ladder.ts';

test.each(['cpu', 'wasm'])('%s sums rows into as many segments as an image has pixels', async (backend) => {
  await startBackend({ force: backend });
  const segments = 300 * 300;
  const sums = tf.tidy(() =>
    tf.unsortedSegmentSum(
      tf.tensor2d([[1, 2], [3, 4], [5, 6], [7, 8]]), // prettier-ignore
      tf.tensor1d([segments - 1, 0, segments - 1, -1], 'int32'),
      segments,
    ),
  );
  const values = await sums.data();
  sums.dispose();
  expect(values).toHaveLength(2 * segments);
  expect([...values.slice(0, 2), ...values.slice(-2)]).toEqual([3, 4, 6, 8]);
  expect(values.slice(2, -2).every((value) => value === 0)).toBe(true);
});
