import { loadRegisteredModel } from '@fovea/models';
import { startBackend } from '@fovea/tensor';
import { beforeAll, expect, test } from 'vitest';
import type { RunContext, RunEvent, UnitsEvent } from '../kind.ts';
import { layerWeights, unitExpandedWeights, unitWeights as evidenceSchema } from './evidence.ts';
import { unitWeights } from './index.ts';
import { unitWeightsInput, unitWeightsResult } from './schema.ts';

beforeAll(async () => {
  await startBackend({ force: 'wasm', threads: 1 });
});

const context: RunContext = {
  loadModel: loadRegisteredModel,
  loadDataset: (name) => Promise.reject(new Error(`No dataset ${name} in this test`)),
  loadObject: (key) => Promise.reject(new Error(`No object ${key} in this test`)),
  seed: 0,
  signal: new AbortController().signal,
  provenance: { modelDigest: '0'.repeat(64), datasetDigest: null, codeVersion: 'test', backend: 'wasm' },
};

async function run(given: object) {
  const events: RunEvent[] = [];
  const run = unitWeights.run(unitWeightsInput.parse({ model: 'fovea_mini', ...given }), context);
  for (;;) {
    const next = await run.next();
    if (next.done) return { events, result: unitWeightsResult.parse(next.value) };
    events.push(next.value);
  }
}

const unitsIn = (events: readonly RunEvent[], subject: string) =>
  events
    .filter((event): event is UnitsEvent => event.type === 'units' && event.subject === subject)
    .flatMap(({ units }) => units);

test('tells every unit of a layer what it is built from and what is built from it', async () => {
  const { events, result } = await run({ layer: 'mixed3a' });
  expect(result.others.map(({ layer, direction, route }) => [layer, direction, route])).toEqual([
    ['conv2d2', 'inputs', 'composed'],
    ['mixed3b', 'outputs', 'composed'],
  ]);
  const inputs = unitsIn(events, 'conv2d2');
  expect(inputs.map(({ channel }) => channel)).toEqual([...Array(80).keys()]);
  for (const { data, measures } of inputs) {
    const { excitatory, inhibitory, largest, factors } = evidenceSchema.parse(data);
    const strongest = [...excitatory, ...inhibitory];
    expect(strongest.length).toBeGreaterThan(0);
    const most = Math.max(...strongest.map(({ l2 }) => l2));
    expect(strongest.every(({ l2 }) => l2 >= 0.29 * most)).toBe(true);
    expect(excitatory.every(({ sum }) => sum > 0) && inhibitory.every(({ sum }) => sum < 0)).toBe(true);
    expect(largest).toBeGreaterThan(0);
    expect(factors!.maps).toHaveLength(3);
    expect(measures).toHaveProperty(['weights.inputNorm']);
  }
  const layer = events.find((event) => event.type === 'layer');
  const { parts, sources } = layerWeights.parse(layer!.data);
  expect(parts.map(({ name, start }) => [name, start])).toEqual([
    ['mixed3a.branch1x1', 0],
    ['mixed3a.branch3x3', 24],
    ['mixed3a.branch5x5', 56],
    ['mixed3a.branch_pool', 68],
  ]);
  expect(sources).toEqual([{ name: 'conv2d2', start: 0, count: 48 }]);
  const file = events.find((event) => event.type === 'artifact' && event.name === parts[1]!.weights.artifact);
  expect(parts[1]!.weights).toMatchObject({ dtype: 'F32', shape: [32, 48, 3, 3] });
  expect(file).toBeDefined();
});

test('expands the weights of every unit down to the pixels', async () => {
  const { events } = await run({
    layer: 'conv2d2',
    others: ['conv2d1'],
    expandedFrom: 'image',
    factors: false,
  });
  const units = unitsIn(events, 'image');
  expect(units).toHaveLength(48);
  const { excitatory, inhibitory, height } = unitExpandedWeights.parse(units[0]!.data);
  expect(excitatory.length + inhibitory.length).toBeLessThanOrEqual(3);
  expect(height).toBe(19);
});

test('refuses a layer that the model lacks, and names the nearest', async () => {
  await expect(run({ layer: 'mixed3c' })).rejects.toThrow(/mixed3a|mixed3b/);
  await expect(run({ layer: 'mixed3a', others: ['mixed9'] })).rejects.toThrow(/mixed/);
});
