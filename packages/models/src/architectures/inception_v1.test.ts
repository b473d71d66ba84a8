import { startBackend, tf } from '@fovea/tensor';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { matchCheckpoint } from '../checkpoint-match.ts';
import type { HookedModel } from '../hooked-model.ts';
import { findVariant } from '../known-architectures.ts';
import { hookedModel } from '../model.ts';
import { sourceOf, type Naming } from '../naming.ts';
import { networkOf } from '../network.ts';
import { syntheticInput, syntheticWeight } from '../parity/synthetic-tensor.ts';
import { readWeights } from '../weights.ts';
import { inceptionV1 } from './inception_v1.ts';

const variant = findVariant(inceptionV1, 'inception_v1_heads');
const network = networkOf(variant);
const [graphDef, inTorchLayout] = variant.namings as [Naming, Naming];

/** HWIO or [in, out] from PyTorch's layout, index by index. */
function inTensorFlowLayout(values: Float32Array, shape: readonly number[]): Float32Array {
  if (shape.length === 1) return values;
  const [out, input] = shape as [number, number];
  const positions = values.length / (out * input);
  return Float32Array.from(values, (_, index) => {
    const o = index % out;
    const i = Math.floor(index / out) % input;
    const position = Math.floor(index / (out * input));
    return values[(o * input + i) * positions + position]!;
  });
}

/** The same weights, stored in either layout. */
function checkpointOf(naming: Naming) {
  const specs = new Map(network.tensors.map((spec) => [sourceOf(naming, spec).name, spec]));
  const values = (name: string) => {
    const { shape } = specs.get(name)!;
    const weight = syntheticWeight(name, shape);
    return naming === graphDef ? inTensorFlowLayout(weight, shape) : weight;
  };
  return {
    tensors: new Map([...specs].map(([name, spec]) => [name, { shape: sourceOf(naming, spec).shape }])),
    read: (name: string) => Promise.resolve(values(name)),
  };
}

async function modelOf(naming: Naming): Promise<HookedModel> {
  const checkpoint = checkpointOf(naming);
  const match = matchCheckpoint(inceptionV1, checkpoint);
  expect([match.variant.name, match.naming.name]).toEqual([variant.name, naming.name]);
  const { name, preprocessing } = variant;
  const identity = { name, architecture: 'inception_v1', variant: name, digest: '', preprocessing };
  return hookedModel(identity, network, await readWeights(network.tensors, checkpoint, match.naming), naming);
}

describe('InceptionV1 with its auxiliary classifiers', () => {
  let model: HookedModel;
  let input: tf.Tensor;

  beforeAll(async () => {
    await startBackend();
    model = await modelOf(graphDef);
    input = tf.tidy(() => tf.tensor(syntheticInput('input', [1, 224, 224, 3]), [1, 224, 224, 3]).mul(117));
  });

  afterAll(() => {
    model.dispose();
    input.dispose();
  });

  const valuesOf = async (from: HookedModel, layer: string): Promise<number[]> => {
    const value = from.run(input, { until: [layer] })[layer]!;
    const values = [...(await value.data())];
    value.dispose();
    return values;
  };

  test('reads the same network from a GraphDef and from PyTorch layout', async () => {
    const other = await modelOf(inTorchLayout);
    for (const layer of ['logits', 'softmax0', 'softmax1']) {
      expect(await valuesOf(model, layer)).toEqual(await valuesOf(other, layer));
    }
    other.dispose();
  });

  test('ends with the logits, and has what the classifiers make of them beside', async () => {
    const logits = tf.tidy(() => Object.keys(model.run(input)));
    expect(logits).toEqual(['logits']);
    for (const layer of ['softmax0', 'softmax1', 'softmax2']) {
      const probabilities = await valuesOf(model, layer);
      expect(probabilities).toHaveLength(1008);
      expect(probabilities.reduce((sum, each) => sum + each, 0)).toBeCloseTo(1, 4);
    }
  });

  test('has the ranges of channels of the published modules', () => {
    const channels = (layer: string) => model.hookPoint(layer).channels;
    expect(channels('mixed4a')).toBe(508);
    expect(['1x1', '3x3', '5x5', 'pool_reduce'].map((branch) => channels(`mixed4a_${branch}`))).toEqual([
      192, 204, 48, 64,
    ]);
    expect(channels('mixed4a_pre_relu')).toBe(508);
    expect(channels('softmax2_pre_activation')).toBe(1008);
  });
});
