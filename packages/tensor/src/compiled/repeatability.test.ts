import { memoryUsage } from 'node:process';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
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

  test('needs no more memory after 2000 runs', { timeout: 240_000 }, async () => {
    const compiled = await compile(step, { inputs, threads: 1 });
    const growth = await memoryGrowth(2000, async () => {
      await compiled.run(feeds);
    });
    expect(growth).toBeLessThan(16e6);
    await compiled.dispose();
  });

  test('needs no more memory after 200 sessions were made and dropped', { timeout: 240_000 }, async () => {
    const tensors = tf.memory().numTensors;
    const growth = await memoryGrowth(200, async () => {
      const compiled = await compile(step, { inputs, threads: 1 });
      await compiled.run(feeds);
      await compiled.dispose();
    });
    expect(growth).toBeLessThan(16e6);
    expect(tf.memory().numTensors).toBe(tensors);
  });
});

/**
 * By how many bytes the process grows while the work is done so many times, after half as many to warm up: from the
 * least that it holds in the first half to the least in the second. A single look would see what is not collected yet.
 */
async function memoryGrowth(times: number, work: () => Promise<void>): Promise<number> {
  const held: number[] = [];
  for (let done = 0; done < 1.5 * times; done++) {
    await work();
    if (done < times / 2 || done % (times / 20) > 0) continue;
    collectGarbage();
    held.push(memoryUsage.rss());
  }
  const half = held.length / 2;
  return Math.min(...held.slice(half)) - Math.min(...held.slice(0, half));
}

function collectGarbage(): void {
  setFlagsFromString('--expose-gc');
  (runInNewContext('gc') as () => void)();
}
