import { startBackend, tf } from '@fovea/tensor';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { matchCheckpoint } from '../checkpoint-match.ts';
import { UnsupportedConfigurationError } from '../errors.ts';
import type { HookedModel } from '../hooked-model.ts';
import { findVariant } from '../known-architectures.ts';
import { sourceOf } from '../naming.ts';
import { networkOf } from '../network.ts';
import { variantModel } from '../testing/synthetic-model.ts';
import { resnet } from './resnet.ts';

describe('a block of a ResNet', () => {
  let model: HookedModel;
  let input: tf.Tensor;

  beforeAll(async () => {
    await startBackend();
    model = await variantModel('resnet', findVariant(resnet, 'resnet18'));
    input = tf.randomNormal([1, 64, 64, 3], 0, 1, 'float32', 5);
  });

  afterAll(() => {
    model.dispose();
    input.dispose();
  });

  test.each(['layer1.1', 'layer2.0'])('%s adds what it writes to what goes past it', async (block) => {
    const parts = [`${block}.shortcut`, `${block}.branch`, `${block}.pre_relu`, block];
    const difference = tf.tidy(() => {
      const values = model.run(input, { until: parts });
      const [past, written, sum, after] = parts.map((part) => values[part]);
      return tf.stack([past!.add(written!).sub(sum!).abs().max(), tf.relu(sum!).sub(after!).abs().max()]);
    });
    expect([...(await difference.data())]).toEqual([0, 0]);
    difference.dispose();
  });
});

describe('a ResNet as transformers saves it', () => {
  const variant = findVariant(resnet, 'resnet50');
  const transformers = variant.namings!.find(({ name }) => name === 'transformers')!;
  const tensors = new Map(
    networkOf(variant).tensors.map((tensor) => {
      const { name, shape } = sourceOf(transformers, tensor);
      return [name, { shape }];
    }),
  );

  test('is the published one of its sizes', () => {
    const match = matchCheckpoint(resnet, { tensors, config: { model_type: 'resnet' } });
    expect([match.variant.name, match.naming.name, match.alsoFit]).toEqual(['resnet50', 'transformers', []]);
  });

  test('that halves elsewhere is refused', () => {
    const config = { model_type: 'resnet', downsample_in_bottleneck: true };
    expect(() => matchCheckpoint(resnet, { tensors, config })).toThrow(UnsupportedConfigurationError);
    expect(() => matchCheckpoint(resnet, { tensors, config })).toThrow(/downsample_in_bottleneck/);
  });
});
