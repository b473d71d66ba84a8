import { startBackend, tf } from '@fovea/tensor';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { classSanity } from './class-sanity.ts';
import { UnknownChannelError } from './errors.ts';
import type { HookedModel } from './hooked-model.ts';
import { probeImages } from './probe-images.ts';
import { loadRegisteredModel } from './registry.ts';

let model: HookedModel;
let images: tf.Tensor4D;
let taken: number[];

beforeAll(async () => {
  await startBackend();
  model = await loadRegisteredModel('fovea_mini');
  images = probeImages(12, 64, 64);
  taken = (await classSanity(model, { images }))!.predictions.map((prediction) => prediction.class);
});

afterAll(() => {
  model.dispose();
  images.dispose();
});

test('without labels says what the network takes photographs for', async () => {
  const { images: count, predictions, top1, warnings } = (await classSanity(model, { images }))!;
  expect(count).toBe(12);
  expect(predictions.every(({ probability }) => probability > 1 / 27 && probability <= 1)).toBe(true);
  expect([top1, warnings]).toEqual([undefined, []]);
});

test('names the photographs', async () => {
  const names = taken.map((_, index) => `${index}.jpg`);
  const { predictions } = (await classSanity(model, { images, names }))!;
  expect(predictions.map(({ photograph }) => photograph)).toEqual(names);
});

test('with the right labels is satisfied', async () => {
  const sanity = await classSanity(model, { images, labels: taken });
  expect(sanity).toMatchObject({ top1: 1, top5: 1, warnings: [] });
});

test('notices classes that are in another order', async () => {
  const { warnings } = (await classSanity(model, {
    images,
    labels: taken.map((label) => (label + 9) % 27),
  }))!;
  expect(warnings.join()).toMatch(/in another order/);
});

test('notices a network that sees the same in all', async () => {
  const black = tf.zerosLike(images);
  const { warnings } = (await classSanity(model, { images: black }))!;
  expect(warnings.join()).toMatch(/All 12 photographs are taken for class \d+/);
  black.dispose();
});

test('refuses labels of classes that the network does not have', async () => {
  const labels = taken.map(() => 27);
  await expect(classSanity(model, { images, labels })).rejects.toThrow(UnknownChannelError);
});
