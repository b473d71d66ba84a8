import { proceduralImages } from '@fovea/data';
import { loadRegisteredModel } from '@fovea/models';
import { startBackend } from '@fovea/tensor';
import { beforeAll, expect, test } from 'vitest';
import type { RunContext, RunEvent } from '../kind.ts';
import { layerSparsityEvidence, unitSparsity, type SparsityVariant } from './evidence.ts';
import { weightSparsity } from './index.ts';
import { weightSparsityInput } from './schema.ts';

beforeAll(async () => {
  await startBackend({ force: 'wasm', threads: 1 });
});

const context: RunContext = {
  loadModel: loadRegisteredModel,
  loadDataset: async () => proceduralImages(),
  loadObject: (key) => Promise.reject(new Error(`No object ${key} in this test`)),
  seed: 0,
  signal: new AbortController().signal,
  provenance: { modelDigest: '0'.repeat(64), datasetDigest: null, codeVersion: 'test', backend: 'wasm' },
};

async function run(given: object) {
  const events: RunEvent[] = [];
  const input = weightSparsityInput.parse({ model: 'fovea_mini', repetitions: 4, ...given });
  const run = weightSparsity.run(input, context);
  for (;;) {
    const next = await run.next();
    if (next.done) return { events, result: layerSparsityEvidence.parse(next.value) };
    events.push(next.value);
  }
}

const figure = ({ figures }: SparsityVariant, name: string) => figures.find((each) => each.name === name)!;

test('measures each unit, and the layer against weights that nothing was learned by', async () => {
  const { events, result } = await run({ layer: 'mixed4a' });
  expect(result).toMatchObject({ layer: 'mixed4a', from: 'mixed3b', units: 160, inputs: 112 });
  const [whole, ...others] = result.variants;
  expect(others).toEqual([]);
  // Trained weights are sparser than any drawn ones, and use fewer directions.
  for (const { kind, beyond, interval } of figure(whole!, 'gini').nulls) {
    expect({ kind, beyond }).toEqual({ kind, beyond: 0 });
    expect(interval![1]).toBeLessThan(figure(whole!, 'gini').trained!);
  }
  const gaussian = figure(whole!, 'kurtosis').nulls.find(({ kind }) => kind === 'gaussian')!;
  expect(gaussian.mean).toBeLessThan(figure(whole!, 'kurtosis').trained!);
  expect(whole!.distributions.every(({ trained }) => trained.length === 21)).toBe(true);

  const units = events.flatMap((event) => (event.type === 'units' ? event.units : []));
  expect(units).toHaveLength(160);
  for (const { data, measures } of units) {
    expect(unitSparsity.parse(data).variants).toHaveLength(1);
    expect(measures!['weights.gini']).toBeGreaterThan(0);
    expect(measures!['weights.gini']).toBeLessThan(1);
  }
});

test('weighs inputs by how much they vary over images', async () => {
  const { result } = await run({ layer: 'mixed3b', dataset: 'procedural', images: 12, nulls: [] });
  expect(result.variants.map(({ path, weighed }) => ({ path, weighed }))).toEqual([
    { path: null, weighed: false },
    { path: null, weighed: true },
  ]);
  const [plain, weighed] = result.variants;
  expect(figure(weighed!, 'gini').trained).not.toBe(figure(plain!, 'gini').trained);
});

test('gives the same figures for the same seed', async () => {
  const twice = [await run({ layer: 'mixed3a' }), await run({ layer: 'mixed3a' })];
  expect(twice[0]!.result).toEqual(twice[1]!.result);
});
