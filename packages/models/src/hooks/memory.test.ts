/** A network of real size: what a capture holds, and what it does not. */
import { startBackend, tf } from '@fovea/tensor';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { findArchitecture, findVariant } from '../known-architectures.ts';
import { hookedModel } from '../model.ts';
import { networkOf } from '../network.ts';
import type { HookedModel } from '../hooked-model.ts';
import { capture } from './index.ts';

let model: HookedModel;
let image: tf.Tensor4D;

/** ViT-B/16 with weights that cost no time to draw: 86.6 million of one value. */
beforeAll(async () => {
  await startBackend();
  const variant = findVariant(findArchitecture('vit'), 'vit_base_patch16_224');
  const network = networkOf(variant);
  const weights = new Map(
    network.tensors.map(({ name, shape, toEngine }) => [
      name,
      tf.fill(toEngine ? toEngine.map((axis) => shape[axis]!) : [...shape], 0.01),
    ]),
  );
  const identity = {
    name: variant.name,
    architecture: 'vit',
    variant: variant.name,
    digest: '0'.repeat(64),
    preprocessing: variant.preprocessing,
  };
  model = hookedModel(identity, network, weights);
  image = tf.zeros([1, 224, 224, 3]);
});

afterAll(() => {
  model.dispose();
  image.dispose();
});

const bytesOf = (names: readonly string[]) =>
  names
    .map((name) => 4 * model.hookPoint(name).shape.reduce((product, length) => product * length, 1))
    .reduce((sum, bytes) => sum + bytes, 0);

test('capturing one small layer in the middle holds no other', () => {
  const layer = 'blocks.5.ln1.scale';
  const before = tf.memory().numBytes;
  let most = 0;
  const watch = () => void (most = Math.max(most, tf.memory().numBytes - before));
  const values = capture(model, image, layer, { hook: Object.assign(watch, { wants: () => true }) });
  expect(tf.memory().numBytes - before).toBe(bytesOf([layer]));

  // While it runs, no more than a few values of one block are alive, of all that come before the layer.
  const names = model.hookPoints.map(({ name }) => name);
  const upToLayer = bytesOf(names.slice(0, names.indexOf(layer)));
  expect(most).toBeLessThan(0.25 * upToLayer);
  tf.dispose(values);
});
