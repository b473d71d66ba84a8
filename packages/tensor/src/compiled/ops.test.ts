import * as tf from '@tensorflow/tfjs';
import { beforeAll, describe, expect, test } from 'vitest';
import { startBackend } from '../backends/ladder.ts';
import { compile } from './compile.ts';
import { nodesInOrder } from './graph.ts';
import { lowerings } from './lowering/lower.ts';
import { compositions } from './compositions/register-all.ts';
import { shapeRules } from './shapes/all.ts';
import {
  imageCases,
  imageShape,
  normal,
  normalValues,
  volumeCases,
  volumeShape,
} from './testing/op-cases.ts';
import { runtimeProblem } from './testing/runtime-problem.ts';
import { trace } from './trace.ts';

/** Of the largest value. Both sides round in float32, in their own order. */
const tolerance = 2e-5;
const problem = await runtimeProblem();

/** tfjs's own result of the same function, on the cpu backend. */
function eagerly(run: (x: tf.Tensor) => tf.Tensor, shape: readonly number[]): Float32Array {
  return tf.tidy(() => run(tf.tensor(normalValues(shape, 'x'), [...shape])).dataSync<'float32'>());
}

async function compiled(run: (x: tf.Tensor) => tf.Tensor, shape: readonly number[]): Promise<Float32Array> {
  const one = await compile(({ x }) => ({ y: run(x!) }), { inputs: { x: { shape } }, threads: 1 });
  try {
    return (await one.run({ x: normalValues(shape, 'x') })).y!;
  } finally {
    await one.dispose();
  }
}

function relativeError(actual: Float32Array, expected: Float32Array): number {
  expect(actual.length).toBe(expected.length);
  let worst = 0;
  let largest = 1e-6;
  for (const [index, value] of expected.entries()) {
    if (Object.is(value, actual[index])) continue;
    worst = Math.max(worst, Math.abs(value - actual[index]!));
    largest = Math.max(largest, Math.abs(value));
  }
  return worst / largest;
}

/** Of Σ weights · run(x), with weights that differ from element to element. */
function gradientOf(run: (x: tf.Tensor) => tf.Tensor): (x: tf.Tensor) => tf.Tensor {
  return tf.grad((x) => {
    const y = run(x);
    return tf.sum(tf.mul(y, normal(y.shape, 'weights')));
  });
}

/** A convolution leaves its result with channels first. */
function afterConvolution(run: (x: tf.Tensor4D) => tf.Tensor): (x: tf.Tensor) => tf.Tensor {
  return (x) => run(tf.conv2d(x as tf.Tensor4D, tf.mul(normal([3, 3, 4, 4], 'before'), 0.3), 1, 'same'));
}

describe.skipIf(problem !== undefined)(`compiled ops equal tfjs's own ${problem ?? ''}`, () => {
  beforeAll(async () => {
    await startBackend({ force: 'cpu' });
  });

  const differentiable = imageCases.filter(({ isDifferentiable }) => isDifferentiable);
  const layouts = [
    {
      layout: 'channels last',
      arranged: (run: (x: tf.Tensor4D) => tf.Tensor) => run as (x: tf.Tensor) => tf.Tensor,
    },
    { layout: 'channels first', arranged: afterConvolution },
  ];

  describe.each(layouts)('with $layout', ({ arranged }) => {
    test.for(imageCases)('value of $op', async ({ run }) => {
      const f = arranged(run);
      expect(relativeError(await compiled(f, imageShape), eagerly(f, imageShape))).toBeLessThan(tolerance);
    });

    test.for(differentiable)('gradient of $op', async ({ run }) => {
      const f = gradientOf(arranged(run));
      expect(relativeError(await compiled(f, imageShape), eagerly(f, imageShape))).toBeLessThan(tolerance);
    });
  });

  test.for(volumeCases)('value and gradient of $op', async ({ run }) => {
    for (const f of [run as (x: tf.Tensor) => tf.Tensor, gradientOf(run as (x: tf.Tensor) => tf.Tensor)])
      expect(relativeError(await compiled(f, volumeShape), eagerly(f, volumeShape))).toBeLessThan(tolerance);
  });
});

test('the cases reach every kernel', () => {
  const image = { x: { shape: imageShape } };
  const volume = { x: { shape: volumeShape } };
  const traces = [
    ...imageCases.map(({ run }) => trace(({ x }) => ({ y: run(x as tf.Tensor4D) }), image)),
    ...imageCases
      .filter(({ isDifferentiable }) => isDifferentiable)
      .map(({ run }) => trace(({ x }) => ({ y: gradientOf(run as (x: tf.Tensor) => tf.Tensor)(x!) }), image)),
    ...volumeCases.map(({ run }) => trace(({ x }) => ({ y: run(x as tf.Tensor5D) }), volume)),
    ...volumeCases.map(({ run }) =>
      trace(({ x }) => ({ y: gradientOf(run as (x: tf.Tensor) => tf.Tensor)(x!) }), volume),
    ),
  ];
  const nodes = traces.flatMap(({ graph }) => nodesInOrder(Object.values(graph.outputs)));
  const reached = new Set(nodes.map((node) => (node.kind === 'kernel' ? node.kernel : '')));
  // tfjs broadcasts by tiling; simplification makes this kernel of it.
  reached.add('BroadcastTo');
  expect(Object.keys(shapeRules).filter((kernel) => !reached.has(kernel))).toEqual([]);
});

test('every kernel with a shape rule has a lowering, and none is composed as well', () => {
  expect(Object.keys(lowerings).sort()).toEqual(Object.keys(shapeRules).sort());
  expect(Object.keys(compositions).filter((kernel) => kernel in shapeRules)).toEqual([]);
});
