import * as tf from '@tensorflow/tfjs';
import * as fc from 'fast-check';
import { beforeAll, describe, expect, test } from 'vitest';
import { startBackend } from '../backends/ladder.ts';
import { nodesInOrder, type Graph } from './graph.ts';
import { lowerGraph } from './lowering/lower.ts';
import { openSession } from './runtime/session.ts';
import { simplify } from './simplify.ts';
import { normalValues } from './testing/op-cases.ts';
import { runtimeProblem } from './testing/runtime-problem.ts';
import { trace, type TensorFunction } from './trace.ts';

const problem = await runtimeProblem();
const shape = [2, 3, 4, 2];

beforeAll(async () => {
  await startBackend({ force: 'cpu' });
});

/** Makes tensors of the shape above from two such tensors, without jumps that rounding could decide. */
type Step = (a: tf.Tensor, b: tf.Tensor) => tf.Tensor;

const steps: Readonly<Record<string, Step>> = {
  'add zero': (a) => tf.add(a, tf.zeros(shape)),
  'add zero of one channel': (a) => tf.add(tf.zeros([2]), a),
  'add a sum of uniform tensors': (a) => tf.add(a, tf.add(tf.ones(shape), tf.ones(shape))),
  'subtract zero': (a) => tf.sub(a, 0),
  'subtract from zero': (a) => tf.sub(0, a),
  'multiply by ones': (a) => tf.mul(tf.ones([3, 1, 2]), a),
  'divide by one': (a) => tf.div(a, tf.ones([1])),
  'multiply by constants twice': (a) => tf.mul(tf.mul(a, tf.tensor1d([0.5, -1.5])), tf.tensor1d([2, 0.25])),
  'multiply by a constant, then a place': (a) =>
    tf.mul(tf.mul(a, 0.5), tf.reshape(tf.range(0, 12), [3, 4, 1])),
  'broadcast a mean': (a, b) => tf.add(a, tf.tile(tf.mean(b, [1, 2], true), [1, 3, 4, 1])),
  'function of a broadcast': (a, b) => tf.mul(a, tf.tanh(tf.tile(tf.mean(b, [0, 3], true), [2, 1, 1, 2]))),
  'two broadcasts': (a, b) =>
    tf.add(tf.tile(tf.sum(a, 1, true), [1, 3, 1, 1]), tf.tile(tf.sum(b, 2, true), [1, 1, 4, 1])),
  'choice by a comparison of broadcasts': (a, b) => {
    const mean = tf.tile(tf.mean(b, 3, true), [1, 1, 1, 2]);
    return tf.where(tf.greater(a, mean), a, mean);
  },
  'reshape there and back': (a) => tf.reshape(tf.reshape(tf.reshape(a, [-1]), [6, 8]), shape),
  'transpose there and back': (a) => tf.transpose(tf.transpose(a, [0, 3, 1, 2]), [0, 2, 3, 1]),
  'transpose of the batch': (a) => tf.transpose(tf.transpose(a, [3, 1, 2, 0]), [3, 1, 2, 0]),
  'pad nothing': (a) => tf.pad(a, [[0, 0], [0, 0], [0, 0], [0, 0]]), // prettier-ignore
  'slice everything': (a) => tf.slice(a, [0, 0, 0, 0], shape),
  'cast to its own type': (a) => tf.cast(a, 'float32'),
  'concat of constants': (a) => tf.mul(a, tf.concat([tf.ones([1]), tf.square(tf.tensor1d([3]))])),
  'same thing twice': (a, b) => tf.add(tf.sin(tf.mul(a, b)), tf.sin(tf.mul(a, b))),
  convolution: (a) => tf.conv2d(a as tf.Tensor4D, tf.mul(tf.ones([3, 3, 2, 2]), 0.1), 1, 'same'),
  relu: (a) => tf.relu(a),
  pool: (a) => tf.maxPool(a as tf.Tensor4D, 3, 1, 'same'),
  minimum: (a, b) => tf.minimum(a, b),
};

/** Each step takes two of the tensors before it. */
const programs = fc.array(
  fc.record({ step: fc.constantFrom(...Object.keys(steps)), first: fc.nat(), second: fc.nat() }),
  { minLength: 1, maxLength: 8 },
);

type Program = readonly { readonly step: string; readonly first: number; readonly second: number }[];

/** Value and gradient, of which the latter adds the ones and tiles of tfjs's gradient functions. */
function functionOf(program: Program): TensorFunction {
  const run = (x: tf.Tensor) => {
    const tensors = [x, tf.square(x)];
    for (const { step, first, second } of program)
      tensors.push(
        steps[step]!(tensors.at(-1 - (first % tensors.length))!, tensors[second % tensors.length]!),
      );
    return tf.sum(tf.mul(tensors.at(-1)!, tf.add(x, 2)));
  };
  return ({ x }) => {
    const { value, grad } = tf.valueAndGrad(run)(x!);
    return { value, grad };
  };
}

async function results(graph: Graph) {
  const session = await openSession(lowerGraph(graph), { provider: 'cpu', threads: 1 });
  try {
    return await session.run({ 'in x': { type: 'float32', dims: shape, values: normalValues(shape, 'x') } });
  } finally {
    await session.close();
  }
}

describe.skipIf(problem !== undefined)(`a simplified graph ${problem ?? ''}`, () => {
  test('computes what the graph as recorded computes', { timeout: 120_000 }, async () => {
    await fc.assert(
      fc.asyncProperty(programs, async (program) => {
        const { graph } = trace(functionOf(program), { x: { shape } });
        const [plain, simple] = [await results(graph), await results(simplify(graph))];
        for (const [name, values] of Object.entries(plain)) {
          const largest = Math.max(1, ...Array.from(values, Math.abs));
          for (const [index, value] of values.entries())
            expect(Math.abs(simple[name]![index]! - value) / largest).toBeLessThan(1e-5);
        }
      }),
      { numRuns: 150 },
    );
  });
});

test('simplifying twice changes nothing more', () => {
  fc.assert(
    fc.property(programs, (program) => {
      const once = simplify(trace(functionOf(program), { x: { shape } }).graph);
      expect(kernels(simplify(once))).toEqual(kernels(once));
    }),
  );
});

test.for([
  { name: 'x · ones', run: (x: tf.Tensor) => tf.mul(x, tf.ones(shape)), kernels: [] },
  { name: 'x + 0', run: (x: tf.Tensor) => tf.add(tf.scalar(0), x), kernels: [] },
  { name: 'x · 2 · 3', run: (x: tf.Tensor) => tf.mul(tf.mul(x, 2), 3), kernels: ['Multiply'] },
  {
    name: 'sin x + sin x',
    run: (x: tf.Tensor) => tf.add(tf.sin(x), tf.sin(x)),
    kernels: ['Sin', 'Add'],
  },
  {
    name: 'a function of a broadcast mean, times x',
    run: (x: tf.Tensor) => tf.mul(x, tf.exp(tf.tile(tf.mean(x, [1, 2], true), [1, 3, 4, 1]))),
    kernels: ['Mean', 'Exp', 'Multiply'],
  },
  {
    name: 'a function of constants',
    run: (x: tf.Tensor) => tf.mul(x, tf.rsqrt(tf.add(tf.tensor1d([3, 8]), 1))),
    kernels: ['Multiply'],
  },
])('$name becomes $kernels', ({ run, kernels: expected }) => {
  expect(kernels(simplify(trace(({ x }) => ({ y: run(x!) }), { x: { shape } }).graph))).toEqual(expected);
});

function kernels(graph: Graph): string[] {
  return nodesInOrder(Object.values(graph.outputs)).flatMap((node) =>
    node.kind === 'kernel' ? [node.kernel] : [],
  );
}
