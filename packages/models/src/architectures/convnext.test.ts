import { startBackend, tf } from '@fovea/tensor';
import { beforeAll, describe, expect, test } from 'vitest';
import { matchCheckpoint } from '../checkpoint-match.ts';
import { findVariant } from '../known-architectures.ts';
import { sourceOf } from '../naming.ts';
import { networkOf } from '../network.ts';
import { syntheticCheckpointOf } from '../parity/synthetic-checkpoint.ts';
import { smallModels } from '../testing/small-models.ts';
import { convnext } from './convnext.ts';

beforeAll(async () => {
  await startBackend();
});

test.each(convnext.variants.map((variant) => [variant.name, variant] as const))(
  '%s has a hook point behind each module that it knows',
  (name, variant) => {
    const { hooks } = networkOf(variant);
    // Of the other version, which the tables do not tell apart.
    const other = name.startsWith('convnextv2') ? /\.unscaled$/ : /\.grn$/;
    for (const naming of variant.namings!) {
      const missing = naming
        .aliases!.map(({ hook }) => hook.replace('{s}', '1').replace('{b}', '0'))
        .filter((hook) => !hooks.has(hook) && !other.test(hook));
      expect(missing).toEqual([]);
    }
  },
);

describe('names in checkpoints', () => {
  const sourceIn = (variantName: string, namingName: string, tensor: string) => {
    const variant = findVariant(convnext, variantName);
    const naming = variant.namings!.find(({ name }) => name === namingName)!;
    return sourceOf(
      naming,
      networkOf(variant).tensors.find(({ name }) => name === tensor)!,
    );
  };

  test("are the authors' own, for which stages have no downsampling of their own", () => {
    const at = (tensor: string) => sourceIn('convnextv2_tiny', 'meta', tensor);
    expect(at('stages.1.downsample.1.weight').name).toBe('downsample_layers.1.1.weight');
    expect(at('stages.1.blocks.2.mlp.fc1.weight').name).toBe('stages.1.2.pwconv1.weight');
    expect(at('stages.1.blocks.2.mlp.grn.weight')).toMatchObject({
      name: 'stages.1.2.grn.gamma',
      shape: [1, 1, 1, 768],
    });
  });

  test("are torchvision's, which number everything", () => {
    const at = (tensor: string) => sourceIn('convnext_tiny', 'torchvision', tensor);
    expect(at('stem.1.weight').name).toBe('features.0.1.weight');
    expect(at('stages.3.downsample.0.bias').name).toBe('features.6.0.bias');
    expect(at('stages.3.blocks.1.gamma')).toMatchObject({
      name: 'features.7.1.layer_scale',
      shape: [768, 1, 1],
    });
  });

  test('of small ones in timm are those of convolutions of one position', () => {
    expect(sourceIn('convnext_pico', 'timm', 'stages.0.blocks.0.mlp.fc2.weight').shape).toEqual([
      64, 256, 1, 1,
    ]);
    expect(sourceIn('convnext_tiny', 'timm', 'stages.0.blocks.0.mlp.fc2.weight').shape).toEqual([96, 384]);
  });
});

test('a checkpoint of other sizes is drawn by its shapes', () => {
  const variant = findVariant(convnext, 'convnext_atto');
  const { tensors } = syntheticCheckpointOf(networkOf(variant), variant.namings![0]);
  const shallower = new Map([...tensors].filter(([name]) => !/^stages\.2\.blocks\.[45]\./.test(name)));
  shallower.delete('head.fc.weight');
  shallower.delete('head.fc.bias');
  const match = matchCheckpoint(convnext, { tensors: shallower });
  expect(match.variant.name).toBe('convnext_40x2_2_4_2_224');
  expect(match.network.output).toBe('ln_final');
});

test('responses of a channel that is silent everywhere have a gradient', async () => {
  const model = await smallModels.find(({ name }) => name === 'convnextv2_atto')!.load();
  const layer = 'stages.0.blocks.0.mlp';
  const gradient = tf.tidy(() => {
    const post = tf.zeros([1, 8, 8, 160]);
    return tf.grad((value) =>
      model.run({}, { until: [`${layer}.grn`], from: { [`${layer}.post`]: value } })[`${layer}.grn`]!.sum(),
    )(post);
  });
  expect([...(await gradient.data())].every(Number.isFinite)).toBe(true);
  gradient.dispose();
  model.dispose();
});
