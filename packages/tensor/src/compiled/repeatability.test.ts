import { memoryUsage } from 'node:process';
import * as tf from '@tensorflow/tfjs';
import { beforeAll, describe, expect, test } from 'vitest';
import { startBackend } from '../backends/ladder.ts';
import { compile } from './compile.ts';
import { normal, normalValues } from './testing/op-cases.ts';
import { runtimeProblem } from './testing/runtime-problem.ts';
import type { TensorFunction } from './trace.ts';

const problem = await runtimeProblem();
const shape = [1, 40, 40, 3];
const inputs = { x: { shape }, index: { shape: [3200], dtype: 'int32' } } as const;
const feeds = {
  x: normalValues(shape, 'x'),
  // Each pixel twice, so that gradients add up at equal places.
  index: Int32Array.from({ length: 3200 }, (_, place) => (place * 7) % 1600),
};

/** Every kind of kernel that divides its work among threads: a small network on resampled pixels, and its gradient. */
const step: TensorFunction = ({ x, index }) => {
  const filters = [normal([5, 5, 3, 16], 'first'), normal([3, 3, 16, 16], 'second')] as tf.Tensor4D[];
  const loss = (image: tf.Tensor) => {
    const pixels = tf.reshape(image, [1600, 3]);
    const sampled = tf.reshape<tf.Rank.R4>(tf.gather(pixels, index as tf.Tensor1D), [1, 80, 40, 3]);
    let y = tf.relu(tf.conv2d(sampled, filters[0]!, 2, 'same'));
    y = tf.localResponseNormalization(tf.maxPool(y, 3, 2, 'same'), 5, 1, 1e-4, 0.75);
    y = tf.maxPool(tf.relu(tf.conv2d(y, filters[1]!, 1, 'same')), 3, 1, 'same');
    const features = tf.mul(tf.reshape<tf.Rank.R2>(y, [-1, 16]), 0.002);
    return tf.mean(tf.softmax(tf.matMul(features, features, true)).square());
  };
  const { value, grad } = tf.valueAndGrad(loss)(x!);
  return { value, grad };
};

describe.skipIf(problem !== undefined)(`a compiled step ${problem ?? ''}`, () => {
  beforeAll(async () => {
    await startBackend({ force: 'cpu' });
  });

  test('gives the same bytes each time, with one thread and with two', async () => {
    const results: Record<string, Float32Array>[] = [];
    for (const threads of [1, 2]) {
      const compiled = await compile(step, { inputs, threads });
      for (let count = 0; count < 10; count++) results.push(await compiled.run(feeds));
      await compiled.dispose();
    }
    expect(results[0]!.grad!.some((value) => value !== 0)).toBe(true);
    for (const result of results) expect(result).toEqual(results[0]);
  });

  test('needs no more memory after 2000 runs', { timeout: 120_000 }, async () => {
    const compiled = await compile(step, { inputs, threads: 1 });
    const runMany = async (count: number) => {
      for (let run = 0; run < count; run++) await compiled.run(feeds);
    };
    await runMany(1000);
    const before = memoryUsage.rss();
    await runMany(2000);
    expect(memoryUsage.rss() - before).toBeLessThan(32e6);
    await compiled.dispose();
  });

  test('needs no more memory after 200 sessions were made and dropped', { timeout: 120_000 }, async () => {
    const makeAndDrop = async (count: number) => {
      for (let session = 0; session < count; session++) {
        const compiled = await compile(step, { inputs, threads: 1 });
        await compiled.run(feeds);
        await compiled.dispose();
      }
    };
    await makeAndDrop(120);
    const before = { rss: memoryUsage.rss(), tensors: tf.memory().numTensors };
    await makeAndDrop(200);
    expect(memoryUsage.rss() - before.rss).toBeLessThan(32e6);
    expect(tf.memory().numTensors).toBe(before.tensors);
  });
});
