import { startBackend, tf } from '@fovea/tensor';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { matchCheckpoint } from '../checkpoint-match.ts';
import type { HookedModel } from '../hooked-model.ts';
import { networkOf } from '../network.ts';
import { syntheticCheckpointOf } from '../parity/synthetic-checkpoint.ts';
import { smallModels } from '../testing/small-models.ts';
import { autoencoderKl } from './autoencoder_kl.ts';

let model: HookedModel;

beforeAll(async () => {
  await startBackend();
  model = await smallModels.find(({ architecture }) => architecture === 'autoencoder_kl')!.load();
});

afterAll(() => model.dispose());

test('encodes without a latent, and decodes without an image', () => {
  tf.tidy(() => {
    const image = tf.randomNormal([1, 16, 16, 3], 0, 1, 'float32', 1);
    const { latent_mean: mean } = model.run(image, { until: ['latent_mean'] });
    expect(mean!.shape).toEqual([1, 8, 8, 4]);
    expect(model.run({ latent: mean! }).decoded!.shape).toEqual([1, 16, 16, 3]);
  });
});

test('keeps the logarithm of the variance in bounds', () => {
  tf.tidy(() => {
    const image = tf.randomNormal([1, 16, 16, 3], 0, 1000, 'float32', 1);
    const { latent_logvar: logvar } = model.run(image, { until: ['latent_logvar'] });
    expect(logvar!.min().dataSync()[0]).toBeGreaterThanOrEqual(-30);
    expect(logvar!.max().dataSync()[0]).toBeLessThanOrEqual(20);
  });
});

test('is recognised under the names of older checkpoints', () => {
  const [variant] = autoencoderKl.variants;
  const network = networkOf(variant);
  const names = variant.namings!.map((naming) => {
    const { tensors } = syntheticCheckpointOf(network, naming);
    return { tensors, found: matchCheckpoint(autoencoderKl, { tensors }).naming.name };
  });
  expect(names.map(({ found }) => found)).toEqual(['diffusers', 'diffusers before 0.17']);
  const [newer, older] = names.map(({ tensors }) => tensors);
  expect(newer!.has('decoder.mid_block.attentions.0.to_out.0.weight')).toBe(true);
  expect(older!.has('decoder.mid_block.attentions.0.proj_attn.weight')).toBe(true);
});
