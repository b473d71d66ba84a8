import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { importModel, loadRegisteredModel, type HookedModel } from '@fovea/models';
import { writeSyntheticOnnx } from '@fovea/models/testing';
import { startBackend } from '@fovea/tensor';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { adjacentLayers, principalLayers } from './adjacent-layers.ts';
import { differentiatedWeights } from './differentiate.ts';
import { effectiveWeights, kernelBetween } from './effective-weights.ts';
import { wayBetween } from './way.ts';

let home: string;

beforeAll(async () => {
  await startBackend({ force: 'wasm', threads: 1 });
  home = await mkdtemp(join(tmpdir(), 'fovea-weights-'));
});

afterAll(() => rm(home, { recursive: true }));

async function imported(name: string): Promise<HookedModel> {
  const path = join(home, `${name}.onnx`);
  await writeSyntheticOnnx(name, path);
  await importModel(path, undefined, { name, home });
  return loadRegisteredModel(name, home);
}

/** Of one unit by both routes, in relation to the largest weight. */
async function differenceOfRoutes(model: HookedModel, from: string, to: string, unit: number) {
  const composed = await effectiveWeights(model, from, to, { route: 'composed' });
  const [gradient] = await Array.fromAsync(differentiatedWeights(model, wayBetween(model, from, to), [unit]));
  const { values, size } = gradient!;
  let [difference, largest] = [0, 0];
  for (let input = 0; input < composed.inputs; input++) {
    const kernel = kernelBetween(composed, input, unit);
    expect(kernel.length).toBe(size[0] * size[1]);
    kernel.forEach((weight, index) => {
      largest = Math.max(largest, Math.abs(weight));
      difference = Math.max(difference, Math.abs(weight - values[input * kernel.length + index]!));
    });
  }
  return difference / largest;
}

test('depthwise convolutions and batch norms of an imported network are composed', async () => {
  const model = await imported('mobile');
  const [from, to] = [
    '/stem/stem.2/HardSwish_output_0',
    '/blocks/blocks.0/block/block.0/block.0.2/Relu_output_0',
  ];
  expect(adjacentLayers(model, to).before).toBe(from);
  expect(await differenceOfRoutes(model, from, to, 5)).toBeLessThan(1e-4);
  model.dispose();
});

test('layer norms and global response norms of an imported ConvNeXt are held', async () => {
  const model = await imported('convnext');
  const layers = principalLayers(model);
  const weights = await effectiveWeights(model, layers[0]!, layers[1]!);
  expect(weights.parts[0]!.values.every(Number.isFinite)).toBe(true);
  expect(weights.parts[0]!.values.some((weight) => weight !== 0)).toBe(true);
  model.dispose();
});

test('the perceptron of an imported vision transformer has weights, and its attention has none', async () => {
  const model = await imported('vit');
  const [before, middle, behind] = principalLayers(model).slice(0, 3) as [string, string, string];
  const weights = await effectiveWeights(model, middle, behind);
  expect(weights.parts[0]).toMatchObject({ height: 1, width: 1 });
  await expect(effectiveWeights(model, before, middle)).rejects.toThrow(/no linear form/);
  const past = await effectiveWeights(model, before, middle, { leaveOutAttention: true });
  // What attention writes is left out, so the stream hands on itself.
  expect(kernelBetween(past, 3, 3)[0]).toBeCloseTo(1, 5);
  expect(kernelBetween(past, 3, 4)[0]).toBeCloseTo(0, 5);
  model.dispose();
});
