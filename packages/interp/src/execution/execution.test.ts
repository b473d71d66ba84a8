import { UnsupportedKernelError, FeedError, startBackend, tf } from '@fovea/tensor';
import type { HookedModel } from '@fovea/models';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { tinyModel } from '../testing/tiny-model.ts';
import { startExecution, type Computation } from './execution.ts';

const engines = ['compiled', 'eager'] as const;

describe('a computation', () => {
  let model: HookedModel;
  beforeAll(async () => {
    await startBackend();
    model = tinyModel();
  });
  afterAll(() => model.dispose());

  const doubled = (): Computation => ({
    model,
    key: ['doubled'],
    inputs: { x: { shape: [2] }, index: { shape: [1], dtype: 'int32' } },
    run: ({ x, index }) => ({ y: tf.mul(x!, 2), next: tf.add(index!, tf.scalar(1, 'int32')), x: x! }),
  });
  const feeds = { x: Float32Array.of(3, 4), index: Int32Array.of(7) };

  /** There is no compiled form of `unique`. */
  const unsupported = (): Computation => ({
    model,
    key: ['unsupported'],
    inputs: { x: { shape: [2] } },
    run: ({ x }) => ({ y: tf.unique(x as tf.Tensor1D).values }),
  });

  test.each(engines)('gives its outputs by name, and leaves no tensors (%s)', async (engine) => {
    const before = tf.memory().numTensors;
    using execution = await startExecution(doubled(), { engine });
    for (let run = 0; run < 2; run++)
      expect(await execution.run(feeds)).toEqual({
        y: Float32Array.of(6, 8),
        next: Int32Array.of(8),
        x: Float32Array.of(3, 4),
      });
    expect(tf.memory().numTensors).toBe(before);
  });

  test.each(engines)('names the feed that is missing (%s)', async (engine) => {
    using execution = await startExecution(doubled(), { engine });
    await expect(execution.run({ x: feeds.x })).rejects.toThrow(FeedError);
  });

  test('that cannot be compiled runs eagerly and says why', async () => {
    using execution = await startExecution(unsupported());
    expect(execution.engine).toEqual({
      name: 'eager',
      reason: 'The kernel Unique, which tf.unique asked for, cannot be compiled',
    });
    expect((await execution.run({ x: Float32Array.of(5, 5) })).y).toEqual(Float32Array.of(5));
  });

  test('that cannot be compiled is an error where compiled is asked for', async () => {
    await expect(startExecution(unsupported(), { engine: 'compiled' })).rejects.toThrow(
      UnsupportedKernelError,
    );
  });

  test('of two models are two, though their keys are equal', async () => {
    const other = tinyModel();
    const scaled = (of: HookedModel, factor: number): Computation => ({
      model: of,
      key: ['scaled'],
      inputs: { x: { shape: [1] } },
      run: ({ x }) => ({ y: tf.mul(x!, factor) }),
    });
    for (const [of, factor] of [
      [model, 2],
      [other, 3],
    ] as const) {
      using execution = await startExecution(scaled(of, factor), { engine: 'compiled' });
      expect((await execution.run({ x: Float32Array.of(1) })).y).toEqual(Float32Array.of(factor));
    }
    other.dispose();
  });
});
