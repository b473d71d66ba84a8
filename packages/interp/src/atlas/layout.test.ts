import { randomFor, startBackend, tf } from '@fovea/tensor';
import * as fc from 'fast-check';
import { beforeAll, describe, expect, test } from 'vitest';
import { layout, normalizedLayout } from './layout.ts';

beforeAll(async () => {
  await startBackend();
});

/** Three bundles of directions. */
function bundles(each: number): tf.Tensor2D {
  const random = randomFor(3, 0, 'bundles');
  const rows = Array.from({ length: 3 * each }, (_, row) =>
    Array.from({ length: 12 }, (_, channel) => (channel % 3 === row % 3 ? 3 : 0) + 0.3 * random.normal()),
  );
  return tf.tensor2d(rows);
}

async function laidOut(activations: tf.Tensor2D, seed: number, neighbors = 10): Promise<Float32Array> {
  const steps = layout(activations, { neighbors, minimumDistance: 0.05 }, randomFor(seed, 0, 'layout'));
  for (;;) {
    const next = await steps.next();
    if (next.done) return next.value;
  }
}

describe('a layout', () => {
  test('keeps what is similar together', async () => {
    const points = await laidOut(bundles(20), 1);
    const point = (index: number) => [points[2 * index]!, points[2 * index + 1]!] as const;
    const distance = (a: number, b: number) =>
      Math.hypot(point(a)[0] - point(b)[0], point(a)[1] - point(b)[1]);
    for (let index = 0; index < 60; index++) {
      const others = Array.from({ length: 60 }, (_, other) => other).filter((other) => other !== index);
      const nearest = others.toSorted((a, b) => distance(index, a) - distance(index, b)).slice(0, 5);
      expect(nearest.map((other) => other % 3)).toEqual(Array(5).fill(index % 3));
    }
  });

  test('is the same for the same seed', async () => {
    const activations = bundles(8);
    const [first, again, other] = [
      await laidOut(activations, 1),
      await laidOut(activations, 1),
      await laidOut(activations, 2),
    ];
    expect(again).toEqual(first);
    expect(other).not.toEqual(first);
  });

  test('takes all others for neighbours where there are fewer, and leaves no tensors', async () => {
    const activations = bundles(2);
    const before = tf.memory().numTensors;
    expect(await laidOut(activations, 1, 50)).toHaveLength(12);
    expect(tf.memory().numTensors).toBe(before);
  });
});

test('normalized points fill the unit square, outliers at its border', () => {
  fc.assert(
    fc.property(
      fc.float32Array({ minLength: 20, maxLength: 400, noNaN: true, min: -1000, max: 1000 }),
      (values) => {
        const points = normalizedLayout(values.subarray(0, values.length - (values.length % 2)));
        expect(Math.min(...points)).toBeGreaterThanOrEqual(0);
        expect(Math.max(...points)).toBeLessThanOrEqual(1);
      },
    ),
  );
  const line = Float32Array.from({ length: 2002 }, (_, index) => Math.floor(index / 2));
  line.set([1e6, 1e6], 2000);
  const points = normalizedLayout(line);
  expect([...points.subarray(2000)]).toEqual([1, 1]);
  expect(points[1000]).toBeGreaterThan(0.4);
});
