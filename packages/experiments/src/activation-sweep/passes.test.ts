import { loadRegisteredModel, type HookedModel } from '@fovea/models';
import { startBackend } from '@fovea/tensor';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { passesOf } from './passes.ts';
import { activationSweepInput } from './schema.ts';

let model: HookedModel;
beforeAll(async () => {
  await startBackend({ force: 'wasm', threads: 1 });
  model = await loadRegisteredModel('fovea_mini');
});
afterAll(() => model.dispose());

const layers = ['logits', 'mixed4a', 'conv2d0', 'mixed3a'];
const input = (given = {}) =>
  activationSweepInput.parse({ model: 'fovea_mini', dataset: 'procedural', layers, ...given });

test('layers that fit into memory are swept together, in the order of the network', () => {
  expect(passesOf(model, input(), { sample: 100, classes: 8 })).toEqual([
    ['conv2d0', 'mixed3a', 'mixed4a', 'logits'],
  ]);
});

test('layers that do not fit have passes of their own', () => {
  const passes = passesOf(model, input({ batch: 256, top: 100, perBand: 50 }), {
    sample: 4096,
    classes: 100_000,
  });
  expect(passes.length).toBeGreaterThan(1);
  expect(passes.flat()).toEqual(['conv2d0', 'mixed3a', 'mixed4a', 'logits']);
});
