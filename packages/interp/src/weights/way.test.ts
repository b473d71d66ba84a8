import { findArchitecture, findVariant, networkOf, type HookedModel } from '@fovea/models';
import { startBackend, tf } from '@fovea/tensor';
import { beforeAll, describe, expect, it, test } from 'vitest';
import { randomModel } from '../testing/random-model.ts';
import { tinyTransformer } from '../testing/tiny-transformer.ts';
import { adjacentLayers, principalLayers } from './adjacent-layers.ts';
import { effectiveWeights, kernelBetween, pathsBetween } from './effective-weights.ts';
import { layerNormScales } from './layer-norm-scales.ts';

beforeAll(async () => {
  await startBackend({ force: 'wasm', threads: 1 });
});

function model(architecture: string, variant: string, size: number): HookedModel {
  const found = findVariant(findArchitecture(architecture), variant);
  return randomModel({ ...found, preprocessing: { ...found.preprocessing, height: size, width: size } });
}

/** Without weights. */
function drawn(architecture: string, variant: string) {
  const network = networkOf(findVariant(findArchitecture(architecture), variant));
  return { network, hookPoint: (name: string) => network.hookPoints.find((point) => point.name === name)! };
}

describe('the layers that a network is spoken of by', () => {
  it.each([
    ['inception_v1', 'inception_v1', ['conv2d0', 'conv2d1', 'conv2d2', 'mixed3a', 'mixed3b', 'mixed4a']],
    ['inception_v3', 'inception_v3', ['Conv2d_1a_3x3', 'Conv2d_2a_3x3', 'Conv2d_2b_3x3', 'Conv2d_3b_1x1']],
    ['squeezenet', 'squeezenet1_0', ['features.0', 'features.3', 'features.4', 'features.5', 'features.7']],
    ['resnet', 'resnet50', ['relu', 'layer1.0', 'layer1.1', 'layer1.2', 'layer2.0']],
    ['convnext', 'convnext_tiny', ['stem', 'stages.0.blocks.0.resid_post', 'stages.0.blocks.1.resid_post']],
    ['alexnet', 'alexnet', ['conv1', 'conv2', 'conv3', 'conv4', 'conv5', 'fc6', 'fc7', 'logits']],
    ['vit', 'test_vit', ['full_embed', 'blocks.0.resid_mid', 'blocks.0.resid_post', 'blocks.1.resid_mid']],
  ])('of %s are those of the literature', (architecture, variant, expected) => {
    expect(principalLayers(drawn(architecture, variant)).slice(0, expected.length)).toEqual(expected);
  });

  it('have the nearest of them as neighbours, whatever lies between', () => {
    const inception = drawn('inception_v1', 'inception_v1');
    expect(adjacentLayers(inception, 'mixed4a')).toEqual({ before: 'mixed3b', after: 'mixed4b' });
    expect(adjacentLayers(inception, 'mixed4a_5x5_bottleneck')).toEqual({
      before: 'mixed3b',
      after: 'mixed4a',
    });
    expect(adjacentLayers(inception, 'mixed4a_pre_relu')).toEqual({ before: 'mixed3b', after: null });
    expect(adjacentLayers(inception, 'conv2d0')).toEqual({ before: 'image', after: 'conv2d1' });
    expect(adjacentLayers(inception, 'logits')).toEqual({ before: 'mixed5b', after: null });
  });
});

test('residual paths are told by name, and their weights add up to those of all', async () => {
  const found = model('cifar_resnet', 'resnet20', 32);
  const [from, to] = ['layer1.0', 'layer1.2'];
  const paths = pathsBetween(found, from, to);
  expect(paths).toEqual([
    'layer1.1.bn2 → layer1.2.bn2',
    'layer1.1.shortcut → layer1.2.bn2',
    'layer1.1.bn2 → layer1.2.shortcut',
    'layer1.1.shortcut → layer1.2.shortcut',
  ]);
  const whole = await effectiveWeights(found, from, to);
  const parts = await Promise.all(paths.map((path) => effectiveWeights(found, from, to, { path })));
  const sizes = parts.map(({ parts: [part] }) => part!.height);
  expect([whole.parts[0]!.height, ...sizes]).toEqual([9, 9, 5, 5, 1]);
  const middle = (weights: typeof whole) => {
    const kernel = kernelBetween(weights, 2, 7);
    return kernel[(kernel.length - 1) / 2]!;
  };
  const sum = parts.reduce((total, part) => total + middle(part), 0);
  expect(sum).toBeCloseTo(middle(whole), 4);
  await expect(effectiveWeights(found, from, to, { path: 'elsewhere' })).rejects.toThrow(/layer1.1.bn2/);
  found.dispose();
});

describe('in a transformer', () => {
  it('perceptrons and the residual stream have weights between them, as matrices', async () => {
    const found = tinyTransformer();
    const out = await effectiveWeights(found, 'blocks.0.mlp.post', 'blocks.0.resid_post');
    expect([out.inputs, out.outputs, out.parts[0]!.height]).toEqual([16, 8, 1]);
    const matrix = await found.weights.get('blocks.0.mlp.fc2.weight')!.array();
    expect(kernelBetween(out, 3, 5)[0]).toBeCloseTo((matrix as number[][])[3]![5]!, 5);

    const options = { layerNormScales: { 'blocks.0.ln2.scale': 2 } };
    const read = await effectiveWeights(found, 'blocks.0.resid_mid', 'blocks.0.mlp.pre', options);
    const plain = await effectiveWeights(found, 'blocks.0.resid_mid', 'blocks.0.mlp.pre');
    expect(kernelBetween(read, 1, 4)[0]).toBeCloseTo(kernelBetween(plain, 1, 4)[0]! / 2, 5);
    const byGradient = await effectiveWeights(found, 'blocks.0.resid_mid', 'blocks.0.mlp.pre', {
      ...options,
      route: 'differentiated',
    });
    expect(kernelBetween(byGradient, 1, 4)[0]).toBeCloseTo(kernelBetween(read, 1, 4)[0]!, 5);
    found.dispose();
  });

  it('layer norms can be held at what they divide by on an image', async () => {
    const found = tinyTransformer();
    const grey = tf.ones<tf.Rank.R4>([1, 16, 16, 3]);
    const scales = await layerNormScales(found, grey);
    grey.dispose();
    expect(Object.keys(scales)).toEqual(['blocks.0.ln1.scale', 'blocks.0.ln2.scale']);
    expect(Object.values(scales).every((scale) => scale > 0)).toBe(true);
    found.dispose();
  });

  it('attention is refused, unless it is left out', async () => {
    const found = tinyTransformer();
    const [before, middle] = ['blocks.0.resid_pre', 'blocks.0.resid_mid'];
    await expect(effectiveWeights(found, before, middle)).rejects.toMatchObject({ code: 'NOT_LINEAR' });
    const past = await effectiveWeights(found, before, middle, { leaveOutAttention: true });
    expect(kernelBetween(past, 2, 2)[0]).toBeCloseTo(1, 6);
    await expect(effectiveWeights(found, 'blocks.0.attn.z', middle)).rejects.toMatchObject({
      code: 'NO_CHANNELS',
    });
    found.dispose();
  });
});

test('layers that do not depend on each other have no weights', async () => {
  const found = model('fovea_mini', 'procedural', 64);
  await expect(effectiveWeights(found, 'mixed4a', 'mixed3a')).rejects.toMatchObject({
    code: 'NOT_CONNECTED',
  });
  await expect(effectiveWeights(found, 'mixed3a', 'mixed3a')).rejects.toMatchObject({
    code: 'NOT_CONNECTED',
  });
  await expect(effectiveWeights(found, 'mixed3x', 'mixed3a')).rejects.toThrow(/mixed3a/);
  found.dispose();
});
