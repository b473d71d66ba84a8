import { createHash } from 'node:crypto';
import { execFileSync } from 'node:child_process';
import { beforeAll, describe, expect, test } from 'vitest';
import * as tf from '@tensorflow/tfjs';
import { startBackend } from './backends/ladder.ts';
import { randomFor } from './random.ts';

function normal(shape: number[], purpose: string): tf.Tensor4D {
  const random = randomFor(7, 0, purpose);
  const values = Float32Array.from({ length: tf.util.sizeFromShape(shape) }, () => random.normal());
  return tf.tensor4d(values, shape as [number, number, number, number]);
}

function network(x: tf.Tensor4D, filter: tf.Tensor4D): tf.Scalar {
  const y = tf.maxPool(tf.relu(tf.conv2d(x, filter, 2, 'same')), 3, 1, 'same');
  return tf.mean(tf.square(tf.concat([y, tf.avgPool(y, 3, 1, 'same')], 3)));
}

describe.each(['wasm', 'cpu'] as const)('ascent steps on %s', (backend) => {
  beforeAll(async () => {
    await startBackend({ force: backend });
  });

  test('200 of them leave the number of tensors as it was', { timeout: 60_000 }, () => {
    const image = tf.variable(normal([1, 16, 16, 3], 'image'));
    const filter = normal([3, 3, 3, 4], 'filter');
    const optimizer = tf.train.adam(0.05);
    const step = () => {
      optimizer.minimize(() => tf.neg(network(image as tf.Tensor4D, filter)), false, [image]);
    };
    step();
    const before = tf.memory();
    for (let count = 0; count < 200; count++) step();
    expect(tf.memory().numTensors).toBe(before.numTensors);
    expect(tf.memory().numBytes).toBe(before.numBytes);
    tf.dispose([image, filter]);
    optimizer.dispose();
  });
});

test('the same step gives the same bytes with any number of threads', { timeout: 60_000 }, () => {
  const script = `
    import { createHash } from 'node:crypto';
    import { startBackend, tf, randomFor } from ${JSON.stringify(new URL('index.ts', import.meta.url).href)};
    await startBackend({ force: 'wasm' });
    const random = randomFor(3, 0, 'determinism');
    const make = (shape) => tf.tensor(Float32Array.from({ length: tf.util.sizeFromShape(shape) }, random.normal), shape);
    const [x, filter] = [make([3, 37, 41, 19]), make([3, 3, 19, 35])];
    const gradients = tf.grads((x, w) => tf.maxPool(tf.relu(tf.conv2d(x, w, 2, 'same')), 3, 1, 'same').square().mean())([x, filter]);
    const hash = createHash('sha256');
    for (const gradient of gradients) hash.update(gradient.dataSync());
    console.log(hash.digest('hex'));`;
  const hashes = ['1', '2'].map((threads) =>
    execFileSync(process.execPath, ['--input-type=module', '--eval', script], {
      env: { ...process.env, FOVEA_THREADS: threads },
      encoding: 'utf8',
    }),
  );
  expect(new Set(hashes).size).toBe(1);
  expect(hashes[0]).toHaveLength(createHash('sha256').digest('hex').length + 1);
});
