import { startBackend, tf } from '@fovea/tensor';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { HookedModel } from './hooked-model.ts';
import { preprocess } from './preprocessing.ts';
import { selfTest } from './self-test.ts';
import { smallModels } from './testing/small-models.ts';
import { syntheticModel } from './testing/synthetic-model.ts';

let model: HookedModel;

beforeAll(async () => {
  await startBackend();
  model = await syntheticModel('fovea_mini');
});

afterAll(() => model.dispose());

/** The same network, fed values in [0, scale] instead of [0, 1]. */
function fed(scale: number): HookedModel {
  const preprocessing = { ...model.preprocessing, scale };
  return { ...model, preprocessing, preprocess: (image) => preprocess(image, preprocessing) };
}

test('a sound model has no dead layers and gives no warnings', async () => {
  const { images, layers, input, warnings } = await selfTest(model);
  expect(warnings).toEqual([]);
  expect(images).toBe(8);
  expect(input.min).toBeGreaterThanOrEqual(-2);
  expect(input.max).toBeLessThanOrEqual(2);
  expect(layers.map(({ name }) => name)).toEqual(model.hookPoints.map(({ name }) => name));
});

test('too small a value range is noticed in the first layer', async () => {
  const { warnings } = await selfTest(fed(1 / 255));
  expect(warnings.join()).toMatch(/value range of the preprocessing is probably too small/);
});

test('too large a value range is noticed in the logits', async () => {
  const { warnings } = await selfTest(fed(255));
  expect(warnings.join()).toMatch(/value range of the preprocessing is probably too large/);
});

test('images that are given are used instead of procedural ones', async () => {
  const black = tf.zeros<tf.Rank.R4>([2, 64, 64, 3]);
  const { images, input } = await selfTest(model, black);
  expect(images).toBe(2);
  expect(input).toMatchObject({ min: -2, max: -2, std: 0 });
  black.dispose();
});

test.each(['clip', 'clip_text_model', 'unet_2d_condition', 'autoencoder_kl', 'dit_mnist'])(
  'a small %s, which reads something else than photographs, is seen whole',
  async (architecture) => {
    const small = await smallModels.find((each) => each.architecture === architecture)!.load();
    const { layers, warnings } = await selfTest(small);
    expect(warnings).toEqual([]);
    expect(layers.map(({ name }) => name)).toEqual(small.hookPoints.map(({ name }) => name));
    small.dispose();
  },
);
