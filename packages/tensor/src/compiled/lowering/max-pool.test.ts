import * as fc from 'fast-check';
import * as tf from '@tensorflow/tfjs';
import { beforeAll, describe, expect, test } from 'vitest';
import { startBackend } from '../../backends/ladder.ts';
import { compile } from '../compile.ts';
import { runtimeProblem } from '../testing/runtime-problem.ts';

const problem = await runtimeProblem();

beforeAll(async () => {
  await startBackend({ force: 'cpu' });
});

const axis = fc.record({
  length: fc.integer({ min: 4, max: 9 }),
  taps: fc.integer({ min: 1, max: 4 }),
  stride: fc.integer({ min: 1, max: 3 }),
});

const pools = fc.record({
  rows: axis,
  columns: axis,
  padding: fc.oneof(fc.constantFrom('same' as const, 'valid' as const), fc.nat(2)),
  /** With 16 the gradient may be computed in blocks of channels. */
  channels: fc.constantFrom(2, 16),
  /** Few different ones, so that many are equal. */
  values: fc.array(fc.integer({ min: -1, max: 1 }), { minLength: 162, maxLength: 162 }),
});

type Pool = typeof pools extends fc.Arbitrary<infer T> ? T : never;

function poolOf({ rows, columns, padding }: Pool) {
  const ofBoth =
    (taps: number, stride: number, pad: number | 'same' | 'valid', rounding?: 'floor') => (x: tf.Tensor) =>
      tf.maxPool(x as tf.Tensor4D, [rows.taps, taps], [rows.stride, stride], pad, rounding);
  // With a number as padding tfjs takes the window of the rows for both.
  return typeof padding === 'number'
    ? ofBoth(rows.taps, rows.stride, Math.min(padding, rows.taps - 1), 'floor')
    : ofBoth(columns.taps, columns.stride, padding);
}

/** Maxima, and the gradient where each window gives another number. */
function maximaAndGradient(pool: (x: tf.Tensor) => tf.Tensor, x: tf.Tensor) {
  const maxima = pool(x);
  const weights = tf.reshape(tf.range(1, maxima.size + 1), maxima.shape);
  return { maxima, gradient: tf.grad((y) => tf.sum(tf.mul(pool(y), weights)))(x) };
}

async function results(pool: Pool, threads: number) {
  const shape = [1, pool.rows.length, pool.columns.length, pool.channels];
  const { values } = pool;
  const size = tf.util.sizeFromShape(shape);
  const x = Float32Array.from({ length: size }, (_, index) => values[index % values.length]!);
  const run = ({ image }: Readonly<Record<string, tf.Tensor>>) => maximaAndGradient(poolOf(pool), image!);
  const compiled = await compile(run, { inputs: { image: { shape } }, threads });
  const eager = tf.tidy(() => run({ image: tf.tensor(x, shape) }));
  try {
    const { maxima, gradient } = await compiled.run({ image: x });
    return {
      compiled: [maxima!, gradient!].map(withoutSigns),
      eager: [eager.maxima, eager.gradient].map((tensor) => withoutSigns(tensor.dataSync<'float32'>())),
    };
  } finally {
    tf.dispose(eager);
    await compiled.dispose();
  }
}

/** Of zeros. */
function withoutSigns(values: Float32Array): Float32Array {
  return values.map((value) => value + 0);
}

describe.skipIf(problem !== undefined)(`compiled max-pools ${problem ?? ''}`, () => {
  test('of an image within a margin of −∞ have a gradient', async () => {
    const shape = [1, 4, 4, 16];
    const pooled = (x: tf.Tensor) =>
      tf.maxPool(tf.pad(x as tf.Tensor4D, [[0, 0], [1, 1], [1, 1], [0, 0]], -Infinity), 3, 2, 'valid'); // prettier-ignore
    const run = ({ image }: Readonly<Record<string, tf.Tensor>>) => maximaAndGradient(pooled, image!);
    const compiled = await compile(run, { inputs: { image: { shape } } });
    const image = Float32Array.from({ length: 256 }, (_, index) => ((index * 37) % 101) - 50);
    const eager = tf.tidy(() => run({ image: tf.tensor(image, shape) }).gradient.dataSync<'float32'>());
    expect(withoutSigns((await compiled.run({ image })).gradient!)).toEqual(withoutSigns(eager));
    await compiled.dispose();
  });

  test.for([1, 2])(
    "give gradients to the first of equal maxima, as tfjs's own, with %i threads",
    { timeout: 120_000 },
    async (threads) => {
      await fc.assert(
        fc.asyncProperty(pools, async (pool) => {
          const { compiled, eager } = await results(pool, threads);
          expect(compiled).toEqual(eager);
        }),
        { numRuns: 100 },
      );
    },
  );
});
