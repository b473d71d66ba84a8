import { writeFile } from 'node:fs/promises';
import { startBackend, tf } from '@fovea/tensor';
import * as fc from 'fast-check';
import { beforeAll, describe, expect, test } from 'vitest';
import { ModelError } from '../errors.ts';
import { encodeOnnx, type AttributeValue, type GraphDescription } from '../testing/onnx-file.ts';
import { syntheticOnnx } from '../testing/synthetic-onnx.ts';
import { temporaryFolder } from '../testing/temporary-folder.ts';
import type { Preprocessing } from '../preprocessing.ts';
import { disposeWeights } from '../weights.ts';
import { loadOnnx } from './onnx-model.ts';

const folder = temporaryFolder();

beforeAll(async () => {
  await startBackend();
});

/** Undefined if the file was read, else the error. */
async function outcomeOf(bytes: Uint8Array, size: Partial<Preprocessing> = {}): Promise<unknown> {
  const path = folder.path('damaged.onnx');
  await writeFile(path, bytes);
  const tensors = tf.memory().numTensors;
  const begin = performance.now();
  let outcome: unknown;
  try {
    const { weights } = await loadOnnx(path, size);
    disposeWeights(weights);
  } catch (error) {
    outcome = error;
  }
  expect(performance.now() - begin).toBeLessThan(20_000);
  expect(tf.memory().numTensors).toBe(tensors);
  expect(outcome instanceof ModelError ? 'refused' : (outcome ?? 'read')).toMatch(/refused|read/);
  return outcome;
}

const models: [name: string, size: Partial<Preprocessing>][] = [
  ['gray', { height: 16, width: 16 }],
  ['bands', {}],
  ['vit_one_image', {}],
  ['vit_dynamo', {}],
];

describe.each(models)('the file of %s', (name, size) => {
  const sound = syntheticOnnx(name);

  test('is sound', async () => {
    expect(await outcomeOf(sound, size)).toBeUndefined();
  });

  test('is refused wherever it is cut off', async () => {
    for (let percent = 0; percent < 100; percent++) {
      expect(await outcomeOf(sound.subarray(0, Math.floor((sound.length * percent) / 100)))).toBeDefined();
    }
  });

  test('with flipped bytes is read or refused', async () => {
    expect.hasAssertions();
    const flip = fc.tuple(fc.nat(sound.length - 1), fc.integer({ min: 1, max: 255 }));
    await fc.assert(
      fc.asyncProperty(fc.array(flip, { minLength: 1, maxLength: 4 }), async (flips) => {
        const bytes = Uint8Array.from(sound);
        for (const [position, mask] of flips) bytes[position]! ^= mask;
        await outcomeOf(bytes, size);
      }),
      { numRuns: 150, seed: 1 },
    );
  });
});

describe('a graph that makes no sense', () => {
  type Node = readonly [
    operator: string,
    attributes?: Readonly<Record<string, AttributeValue>>,
    inputs?: readonly string[],
  ];

  function graph(node: Node, changes: Partial<GraphDescription> = {}): Uint8Array {
    const [operator, attributes, inputs = ['x']] = node;
    return encodeOnnx({
      opset: 17,
      nodes: [{ operator, attributes, inputs, outputs: ['y'] }],
      inputs: [{ name: 'x', type: 'float', shape: [0, 3, 8, 8] }],
      outputs: ['y'],
      initializers: {
        w: { type: 'float', shape: [2, 3, 3, 3], data: Array<number>(54).fill(0.1) },
        wide: { type: 'int', shape: [6], data: [2 ** 40, 2 ** 40, 1, 1, 1, 1] },
        huge: { type: 'int', shape: [4], data: [1, 2 ** 40, 2 ** 40, 1] },
        huger: { type: 'int', shape: [8], data: [0, 0, 2 ** 40, 2 ** 40, 0, 0, 0, 0] },
      },
      ...changes,
    });
  }

  test.each<[string, Uint8Array, RegExp]>([
    [
      'has an operator that is not known',
      graph(['NonMaxSuppression']),
      /NonMaxSuppression \(opset 17\) of node "NonMaxSuppression_1" is not supported/,
    ],
    ['pads by 2^40', graph(['Conv', { pads: [2 ** 40, 0, 0, 0] }, ['x', 'w']]), /too large/],
    ['pads a tensor by 2^40', graph(['Pad', {}, ['x', 'huger']]), /too large/],
    ['dilates by 2^40', graph(['Conv', { dilations: [2 ** 40, 1] }, ['x', 'w']]), /does not fit/],
    ['moves on by nothing', graph(['MaxPool', { kernel_shape: [2, 2], strides: [0, 0] }]), /is none/],
    ['repeats 2^80 times', graph(['Tile', {}, ['x', 'huge']]), /too large/],
    ['expands to 2^80 elements', graph(['Expand', {}, ['x', 'wide']]), /too large/],
    ['resizes to 2^80 positions', graph(['Resize', {}, ['x', '', '', 'huge']]), /too large/],
    [
      'reads what nothing makes',
      graph(['Relu', {}, ['image2']], { inputs: [{ name: 'image', type: 'float', shape: [0, 3, 8, 8] }] }),
      /reads "image2", which nothing before it makes \(is "image" meant\?\)/,
    ],
    ['reads what comes later', graph(['Relu', {}, ['y']]), /nothing before it makes/],
    [
      'makes a value twice',
      graph(['Relu'], { outputs: ['x'], nodes: [{ operator: 'Relu', inputs: ['x'], outputs: ['x'] }] }),
      /made twice/,
    ],
    ['has no output', graph(['Relu'], { outputs: [] }), /no output/],
    ['is of another operator set', graph(['Relu'], { opset: 24 }), /operator set 24; understood are 9 to 21/],
    [
      'has an operator of its own',
      graph(['Relu'], {
        nodes: [{ operator: 'FusedConv', domain: 'com.microsoft', inputs: ['x'], outputs: ['y'] }],
      }),
      /com\.microsoft\.FusedConv/,
    ],
    [
      'reads no image',
      graph(['Relu'], { inputs: [{ name: 'x', type: 'float', shape: [0, 10] }] }),
      /none of its inputs is an image of four axes .*"x" \[\?, 10\]/,
    ],
    [
      'reads an image of 2^80 values',
      graph(['Relu'], { inputs: [{ name: 'x', type: 'float', shape: [0, 3, 2 ** 40, 2 ** 40] }] }),
      /too large/,
    ],
    ['chooses by what it sees', graph(['Reshape', {}, ['x', 'x']]), /input 2 depends on the image/],
    [
      'does not keep images apart',
      graph(['ReduceMean', { axes: [0], keepdims: 0 }]),
      /one part for each image/,
    ],
  ])('because it %s is refused', async (_, bytes, message) => {
    const error = await outcomeOf(bytes);
    expect((error as Error)?.message).toMatch(message);
  });
});
