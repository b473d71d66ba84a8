import * as tf from '@tensorflow/tfjs';
import { beforeAll, describe, expect, test } from 'vitest';
import { startBackend } from '../backends/ladder.ts';
import { compile } from './compile.ts';
import { nodesInOrder, type Graph } from './graph.ts';
import { poolFirst } from './pool-first.ts';
import { simplify } from './simplify.ts';
import { normalValues } from './testing/op-cases.ts';
import { runtimeProblem } from './testing/runtime-problem.ts';
import { trace, type TensorFunction } from './trace.ts';

const problem = await runtimeProblem();
const shape = [1, 6, 8, 2];

beforeAll(async () => {
  await startBackend({ force: 'cpu' });
});

/** relu, pool and a weighted sum, with the gradient by x. */
const pooling: TensorFunction = ({ x }) => {
  const { value, grad } = tf.valueAndGrad((image: tf.Tensor4D) => {
    const pooled = tf.maxPool(tf.relu(tf.sub<tf.Tensor4D>(image, 0.1)), 3, 2, 'same');
    return tf.sum(tf.mul(pooled, tf.reshape(tf.range(1, pooled.size + 1), pooled.shape)));
  })(x as tf.Tensor4D);
  return { value, grad };
};

/** The same, where relu is asked for, too. */
const keeping: TensorFunction = (inputs) => ({ ...pooling(inputs), relu: tf.relu(tf.sub(inputs.x!, 0.1)) });

function positionsOfRelus(run: TensorFunction): number[] {
  const graph: Graph = poolFirst(simplify(trace(run, { x: { shape } }).graph));
  return nodesInOrder(Object.values(graph.outputs)).flatMap((node) =>
    node.kind === 'kernel' && node.kernel.startsWith('Relu') ? [node.outputs[0]!.shape[1]!] : [],
  );
}

test('relu and its gradient come after the pool', () => {
  expect(positionsOfRelus(pooling)).toEqual([3, 3]);
});

test('a relu whose values are asked for stays before it', () => {
  expect(positionsOfRelus(keeping)).toContain(6);
});

describe.skipIf(problem !== undefined)(`compiled ${problem ?? ''}`, () => {
  test.for([pooling, keeping])('value and gradient stay the same', async (run) => {
    const x = normalValues(shape, 'image');
    const compiled = await compile(run, { inputs: { x: { shape } } });
    const expected = tf.tidy(() => run({ x: tf.tensor(x, shape) }));
    const results = await compiled.run({ x });
    for (const [name, tensor] of Object.entries(expected)) {
      const values = tensor.dataSync<'float32'>();
      for (const [index, value] of values.entries()) expect(results[name]![index]).toBeCloseTo(value, 4);
    }
    tf.dispose({ ...expected });
    await compiled.dispose();
  });
});
