import * as tf from '@tensorflow/tfjs';
import { afterEach, beforeAll, describe, expect, test } from 'vitest';
import { startBackend } from '../backends/ladder.ts';
import { compile, type CompiledFunction, type CompileOptions } from './compile.ts';
import { FeedError, SymbolicValueError, UnsupportedKernelError } from './errors.ts';
import { openSession } from './runtime/session.ts';
import { normal, normalValues } from './testing/op-cases.ts';
import { runtimeProblem } from './testing/runtime-problem.ts';
import { lowerGraph } from './lowering/lower.ts';
import { trace, type TensorFunction } from './trace.ts';

const problem = await runtimeProblem();

describe.skipIf(problem !== undefined)(`a compiled function ${problem ?? ''}`, () => {
  const made: CompiledFunction[] = [];
  const compiled = async (run: TensorFunction, options: CompileOptions) => {
    const one = await compile(run, { threads: 1, ...options });
    made.push(one);
    return one;
  };

  beforeAll(async () => {
    await startBackend({ force: 'cpu' });
  });
  afterEach(async () => {
    await Promise.all(made.splice(0).map((one) => one.dispose()));
  });

  test('leaves no tensor and keeps the backend', async () => {
    const weights = normal<tf.Rank.R2>([4, 3], 'weights');
    const before = tf.memory();
    await compiled(({ x }) => ({ y: tf.matMul(x as tf.Tensor2D, weights) }), {
      inputs: { x: { shape: [2, 4] } },
    });
    expect(tf.memory().numTensors).toBe(before.numTensors);
    expect(tf.memory().numDataBuffers).toBe(before.numDataBuffers);
    expect(tf.getBackend()).toBe('cpu');
    weights.dispose();
  });

  test('bakes the tensors in that it meets, from any backend', async () => {
    await startBackend({ force: 'wasm', threads: 1 });
    const foreign = tf.tensor2d([2, 3], [2, 1]);
    const reshaped = tf.reshape(foreign, [1, 2]);
    const one = await compiled(({ x }) => ({ y: tf.add(tf.mul(x!, foreign), reshaped) }), {
      inputs: { x: { shape: [] } },
    });
    tf.dispose([foreign, reshaped]);
    await startBackend({ force: 'cpu' });
    expect([...(await one.run({ x: Float32Array.of(10) })).y!]).toEqual([22, 23, 32, 33]);
  });

  test('takes integers and booleans and gives them', async () => {
    const one = await compiled(
      ({ index, mask }) => ({
        picked: tf.where(mask!, tf.gather([5, 6, 7], index as tf.Tensor1D), tf.zeros([2])),
        next: tf.add(index!, tf.scalar(1, 'int32')),
        other: tf.logicalNot(mask!),
      }),
      { inputs: { index: { shape: [2], dtype: 'int32' }, mask: { shape: [2], dtype: 'bool' } } },
    );
    const { picked, next, other } = await one.run({ index: Int32Array.of(2, 0), mask: Uint8Array.of(1, 0) });
    expect(picked).toEqual(Float32Array.of(7, 0));
    expect(next).toEqual(Int32Array.of(3, 1));
    expect(other).toEqual(Uint8Array.of(0, 1));
  });

  test('may give its input back, a constant, or the same tensor twice', async () => {
    const one = await compiled(({ x }) => ({ x: x!, same: x!, constant: tf.ones([3]) }), {
      inputs: { x: { shape: [2] } },
    });
    const { x, same, constant } = await one.run({ x: Float32Array.of(4, 5) });
    expect([x, same, constant]).toEqual([
      Float32Array.of(4, 5),
      Float32Array.of(4, 5),
      Float32Array.of(1, 1, 1),
    ]);
  });

  test('knows the shapes of its outputs', async () => {
    const one = await compiled(({ x }) => ({ y: tf.sum(x!, 0) }), { inputs: { x: { shape: [2, 3] } } });
    expect(one.outputs.y!.shape).toEqual([3]);
  });

  test('says which feed is wrong and what would be right', async () => {
    const one = await compiled(({ x }) => ({ y: tf.neg(x!) }), { inputs: { x: { shape: [2, 3] } } });
    await expect(one.run({})).rejects.toThrow(new FeedError('The input "x", [2, 3] of float32, was not fed'));
    await expect(one.run({ x: new Float32Array(5) })).rejects.toThrow(
      new FeedError(
        'The input "x" needs 6 values in a Float32Array, for [2, 3] of float32; it got 5 in a Float32Array',
      ),
    );
    await expect(one.run({ x: new Float32Array(6), z: new Float32Array(1) })).rejects.toThrow(
      new FeedError('There is no input "z"; the inputs are x'),
    );
  });

  test('runs that overlap do not mix', async () => {
    const one = await compiled(({ x }) => ({ y: tf.mul(x!, 2) }), { inputs: { x: { shape: [1] } } });
    const runs = Array.from({ length: 50 }, (_, index) => one.run({ x: Float32Array.of(index) }));
    expect((await Promise.all(runs)).map(({ y }) => y![0])).toEqual(runs.map((_, index) => 2 * index));
  });

  test('holds weights that are too large for its model in a file', async () => {
    const weights = normal<tf.Rank.R2>([64, 64], 'weights');
    const { graph } = trace(
      ({ x }) => ({ y: tf.matMul(x as tf.Tensor2D, tf.tensor2d(weights.dataSync(), [64, 64])) }),
      {
        x: { shape: [1, 64] },
      },
    );
    const session = await openSession(lowerGraph(graph), { provider: 'cpu', threads: 1 }, 1000);
    const x = normalValues([1, 64], 'x');
    const results = await session.run({ 'in x': { type: 'float32', dims: [1, 64], values: x } });
    const expected = tf.tidy(() => tf.matMul(tf.tensor2d(x, [1, 64]), weights).dataSync());
    for (const [index, value] of expected.entries()) expect(results['out y']![index]).toBeCloseTo(value, 4);
    await session.close();
    weights.dispose();
  });
});

describe('a function that cannot be compiled', () => {
  test('names the kernel that has no form, and the op that asked for it', async () => {
    const run: TensorFunction = ({ x }) => ({ y: tf.unique(x as tf.Tensor1D).values });
    await expect(compile(run, { inputs: { x: { shape: [3] } } })).rejects.toThrow(
      new UnsupportedKernelError('Unique', 'unique'),
    );
  });

  test('names the attributes that have none', async () => {
    const run: TensorFunction = ({ x }) => ({
      y: tf.conv2d(x as tf.Tensor4D, tf.ones<tf.Rank.R4>([1, 1, 2, 2]), 1, 'same', 'NCHW'),
    });
    await expect(compile(run, { inputs: { x: { shape: [1, 2, 4, 4] } } })).rejects.toThrow(
      'The kernel Conv2D, which tf.conv2d asked for, cannot be compiled: only in NHWC',
    );
  });

  test('may not keep a tensor from one trace to the next', async () => {
    let kept: tf.Tensor | undefined;
    const run: TensorFunction = ({ x }) => {
      kept ??= tf.keep(tf.exp(x!));
      return { y: tf.mul(x!, kept) };
    };
    trace(run, { x: { shape: [3] } });
    expect(() => trace(run, { x: { shape: [3] } })).toThrow('it kept from an earlier trace');
    kept!.dispose();
  });

  test('may not read values, and leaves the engine as it was', async () => {
    const before = { tensors: tf.memory().numTensors, backend: tf.getBackend() };
    const run: TensorFunction = ({ x }) => ({ y: tf.scalar(tf.max(x!).dataSync()[0]!) });
    await expect(compile(run, { inputs: { x: { shape: [3] } } })).rejects.toThrow(SymbolicValueError);
    expect({ tensors: tf.memory().numTensors, backend: tf.getBackend() }).toEqual(before);
  });
});
