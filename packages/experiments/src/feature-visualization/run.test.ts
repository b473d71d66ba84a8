import { tinyModel } from '@fovea/interp/testing';
import { startBackend } from '@fovea/tensor';
import sharp from 'sharp';
import { beforeAll, expect, test } from 'vitest';
import type { RunContext, RunEvent } from '../kind.ts';
import { featureVisualization } from './index.ts';
import { featureVisualizationInput, featureVisualizationResult } from './schema.ts';

beforeAll(async () => {
  await startBackend({ force: 'wasm', threads: 1 });
});

type Artifact = Extract<RunEvent, { type: 'artifact' }>;

async function run(given: object, context: Partial<RunContext> = {}) {
  const input = featureVisualizationInput.parse({
    model: 'tiny',
    objective: 'relu:1',
    width: 30,
    height: 24,
    steps: 12,
    previewInterval: 6,
    checkpointInterval: 5,
    ...given,
  });
  const events: RunEvent[] = [];
  const experiment = featureVisualization.run(input, {
    loadModel: async () => tinyModel(),
    loadDataset: (name) => Promise.reject(new Error(`No dataset ${name} in this test`)),
    loadObject: (key) => Promise.reject(new Error(`No object ${key} in this test`)),
    seed: 11,
    signal: new AbortController().signal,
    provenance: { modelDigest: '0'.repeat(64), datasetDigest: null, codeVersion: 'test', backend: 'wasm' },
    ...context,
  });
  for (;;) {
    const next = await experiment.next();
    if (next.done) return { events, result: next.value, artifacts: artifactsOf(events) };
    events.push(next.value);
  }
}

function artifactsOf(events: readonly RunEvent[]): ReadonlyMap<string, Artifact> {
  return new Map(
    events.filter((event) => event.type === 'artifact').map((artifact) => [artifact.name, artifact]),
  );
}

test('gives out a picture, its floats and all that made it', async () => {
  const { events, result, artifacts } = await run({ thresholds: [3] });
  expect(featureVisualizationResult.parse(result)).toEqual(result);
  expect([...artifacts.keys()]).toEqual(['threshold-3.png', 'image.png', 'image.npy', 'provenance.json']);
  expect(events.filter(({ type }) => type === 'progress')).toHaveLength(12);
  expect(events.filter(({ type }) => type === 'preview')).toHaveLength(2);

  const { width, height } = await sharp(artifacts.get('image.png')!.bytes).metadata();
  expect([width, height]).toEqual([30, 24]);
  const provenance = JSON.parse(new TextDecoder().decode(artifacts.get('provenance.json')!.bytes)) as object;
  expect(provenance).toMatchObject({
    seed: 11,
    codeVersion: 'test',
    input: { steps: 12 },
    result: { steps: 12 },
  });
});

test('the NumPy file holds what the picture shows', async () => {
  const { artifacts } = await run({});
  const npy = Buffer.from(artifacts.get('image.npy')!.bytes);
  const start = 10 + npy.readUInt16LE(8);
  expect(start % 64).toBe(0);
  expect(npy.toString('latin1', 10, start)).toContain(
    "'descr': '<f4', 'fortran_order': False, 'shape': (1, 24, 30, 3,)",
  );
  expect(npy.length).toBe(start + 4 * 24 * 30 * 3);
  const pixels = await sharp(artifacts.get('image.png')!.bytes).raw().toBuffer();
  pixels.forEach((value, index) =>
    expect(Math.abs(value - 255 * npy.readFloatLE(start + 4 * index))).toBeLessThan(0.51),
  );
});

test('a batch has a picture for each member and a sheet', async () => {
  const { result, artifacts } = await run({ batch: 3, diversityWeight: 10 });
  expect(result.images).toEqual(['image-0.png', 'image-1.png', 'image-2.png']);
  const { width, height } = await sharp(artifacts.get('sheet.png')!.bytes).metadata();
  expect([width, height]).toEqual([60, 48]);
});

test('a run that goes on from a checkpoint ends with the same bytes', async () => {
  const undisturbed = await run({});
  const checkpoint = undisturbed.events.find((event) => event.type === 'checkpoint')!.bytes;
  const resumed = await run({}, { checkpoint });
  expect(resumed.events.find((event) => event.type === 'progress')).toMatchObject({ step: 6 });
  const bytesOf = (artifacts: ReadonlyMap<string, Artifact>) =>
    [...artifacts.values()].map(({ bytes }) => bytes);
  expect(bytesOf(resumed.artifacts)).toEqual(bytesOf(undisturbed.artifacts));
});

test('MaCo says what its spectrum is and shows what mattered', async () => {
  const { result, artifacts } = await run({
    parametrization: 'maco',
    optimizer: 'nadam',
    learningRate: 1,
    steps: 3,
    transforms: [{ type: 'randomCrops', crops: 4, boxFrom: 0.5, boxTo: 0.05, noise: 0.04 }],
  });
  expect(result.diagnosis.findings.map(({ code }) => code)).toContain('assumed_spectrum');
  expect((await sharp(artifacts.get('image-alpha.png')!.bytes).metadata()).channels).toBe(4);
  expect(artifacts.has('transparency.npy')).toBe(true);
});

test('a unit that never responds is a result with a reason, and a warning in the log', async () => {
  const { events, result } = await run({}, { loadModel: async () => tinyModel({ bias: -1000 }) });
  expect(result.diagnosis.status).toBe('suspect');
  expect(events).toContainEqual({
    type: 'log',
    level: 'warning',
    message: result.diagnosis.findings[0]!.message,
  });
});

test('an input that does not fit the model names what would', async () => {
  await expect(run({ objective: 'rellu:1' })).rejects.toMatchObject({
    code: 'INPUT_INVALID',
    fault: 'input',
    message: expect.stringContaining('Nearest: relu') as string,
  });
});

test.each([1, 7])('draws for a network that reads %i channels', async (inputs) => {
  const { result, artifacts } = await run({}, { loadModel: async () => tinyModel({ inputs }) });
  expect(result.objective.last).toBeGreaterThan(result.objective.first);
  const { width, height } = await sharp(artifacts.get('image.png')!.bytes).metadata();
  // Seven grey tiles in rows of three.
  expect([width, height]).toEqual(inputs === 1 ? [30, 24] : [3 * 30, 3 * 24]);
});

test('a picture of what excites a layer as a whole is told of the layer', async () => {
  const { events } = await run({ objective: { type: 'deepdream', layer: 'relu' } });
  expect(events.filter(({ type }) => type === 'layer')).toEqual([
    { type: 'layer', layer: 'relu', kind: 'deepdream', subject: '', data: { pictures: ['image.png'] } },
  ]);
  const ofUnit = await run({});
  expect(ofUnit.events.some(({ type }) => type === 'layer')).toBe(false);
});
