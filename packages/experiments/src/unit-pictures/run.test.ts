import { tinyModel } from '@fovea/interp/testing';
import { startBackend } from '@fovea/tensor';
import sharp from 'sharp';
import { beforeAll, expect, test } from 'vitest';
import { featureVisualization } from '../feature-visualization/index.ts';
import { featureVisualizationInput } from '../feature-visualization/schema.ts';
import type { RunContext, RunEvent } from '../kind.ts';
import { unitPictures } from './index.ts';
import { unitPicturesInput, unitPicturesResult } from './schema.ts';

beforeAll(async () => {
  await startBackend({ force: 'wasm', threads: 1 });
});

type Artifact = Extract<RunEvent, { type: 'artifact' }>;

const settings = { width: 24, height: 24, steps: 20, transforms: 'none' };

const context: RunContext = {
  loadModel: async () => tinyModel(),
  loadDataset: (name) => Promise.reject(new Error(`No dataset ${name} in this test`)),
  loadObject: (key) => Promise.reject(new Error(`No object ${key} in this test`)),
  seed: 5,
  threads: 2,
  signal: new AbortController().signal,
  provenance: { modelDigest: '0'.repeat(64), datasetDigest: null, codeVersion: 'test', backend: 'wasm' },
};

function start(given: object, changes: Partial<RunContext> = {}) {
  const input = unitPicturesInput.parse({
    model: 'tiny',
    layer: 'relu',
    channels: [1, 3],
    ...settings,
    ...given,
  });
  return unitPictures.run(input, { ...context, ...changes });
}

async function toEnd(run: ReturnType<typeof start>) {
  const events: RunEvent[] = [];
  for (;;) {
    const next = await run.next();
    if (next.done) return { events, result: next.value, pictures: picturesIn(events) };
    events.push(next.value);
  }
}

const make = (given: object, changes?: Partial<RunContext>) => toEnd(start(given, changes));

/** Name → bytes of every artifact that is a picture of a unit. */
function picturesIn(events: readonly RunEvent[]): Map<string, Uint8Array> {
  return new Map(artifactsIn(events).flatMap(({ name, bytes, picture }) => (picture ? [[name, bytes]] : [])));
}

function artifactsIn(events: readonly RunEvent[]): Artifact[] {
  return events.filter((event) => event.type === 'artifact');
}

test('makes every objective, sign and restart of each unit, with a thumbnail that comes before', async () => {
  const { events, result, pictures } = await make({});
  expect(unitPicturesResult.parse(result)).toEqual(result);
  expect(result.pictures).toBe(16);
  const expected = ['neuron', 'channel'].flatMap((objective) =>
    ['positive', 'negative'].flatMap((sign) =>
      [0, 1].flatMap((restart) => [1, 3].map((channel) => `${channel}-${objective}-${sign}-${restart}.webp`)),
    ),
  );
  expect([...pictures.keys()].toSorted()).toEqual(expected.toSorted());

  const artifacts = artifactsIn(events);
  for (const { picture, name, bytes } of artifacts.filter((artifact) => artifact.picture)) {
    const before = artifacts.findIndex((artifact) => artifact.name === picture!.thumbnail);
    expect(before).toBeGreaterThanOrEqual(0);
    expect(before).toBeLessThan(artifacts.findIndex((artifact) => artifact.name === name));
    expect(await sharp(bytes).metadata()).toMatchObject({ format: 'webp', width: 24, height: 24 });
    expect(await sharp(artifacts[before]!.bytes).metadata()).toMatchObject({ width: 96, height: 96 });
    expect(Number.isFinite(picture!.score)).toBe(true);
  }
  const progress = events.filter((event) => event.type === 'progress');
  expect(progress.at(-1)).toMatchObject({ step: 320, total: 320 });
});

test('a picture is the same bytes whatever other units it was made with, and however many at once', async () => {
  const together = await make({ channels: [0, 1, 2, 3], restarts: 1 });
  const alone = await make({ channels: [2], restarts: 1 }, { threads: 1 });
  expect(alone.pictures.size).toBe(4);
  for (const [name, bytes] of alone.pictures) expect(together.pictures.get(name)).toEqual(bytes);
});

test('restart r is the feature visualization with the seed of the run plus r', async () => {
  const { events } = await make({ channels: [3], objectives: ['channel'], signs: [1] });
  const second = artifactsIn(events).find(({ name }) => name === '3-channel-positive-1.webp')!;
  const { seed, visualization } = second.parameters as { seed: number; visualization: object };
  expect(seed).toBe(6);
  const input = featureVisualizationInput.parse(visualization);
  const run = featureVisualization.run(input, { ...context, seed });
  const artifacts: Artifact[] = [];
  for await (const event of run) if (event.type === 'artifact') artifacts.push(event);
  const png = artifacts.find(({ name }) => name === 'image.png')!;
  const pixels = (bytes: Uint8Array) => sharp(bytes).raw().toBuffer();
  expect(await pixels(second.bytes)).toEqual(await pixels(png.bytes));
});

test('what excites a unit scores above what inhibits it, which is sought before the ReLU', async () => {
  const { events } = await make({ channels: [1], objectives: ['channel'], restarts: 1, steps: 60 });
  // Two are made at once, and either may be ready first.
  const [positive, negative] = [1, -1].map((sign) =>
    artifactsIn(events).find(({ picture }) => picture?.sign === sign),
  );
  expect(positive!.picture!.score).toBeGreaterThan(0);
  expect(negative!.picture!.score).toBeLessThan(0);
  expect(negative!.picture!.layer).toBe('relu');
  expect(negative!.parameters).toMatchObject({ objective: expect.stringContaining('conv') as string });
});

test('goes on after its checkpoint without making a finished picture again', async () => {
  const whole = await make({});
  const interrupted = start({});
  const before: RunEvent[] = [];
  let checkpoint: Uint8Array | undefined;
  while (picturesIn(before).size < 5 || !checkpoint) {
    const next = await interrupted.next();
    if (next.done) break;
    before.push(next.value);
    if (next.value.type === 'checkpoint') checkpoint = next.value.bytes;
  }
  await interrupted.return(undefined as never);
  const done = (JSON.parse(new TextDecoder().decode(checkpoint)) as { takes: number[] }).takes.length;
  const rest = await make({}, { checkpoint });
  expect(rest.pictures.size).toBe(16 - done);
  expect(new Map([...picturesIn(before), ...rest.pictures])).toEqual(
    new Map([...whole.pictures].toSorted(([a], [b]) => order(a) - order(b))),
  );
  function order(name: string) {
    return [...picturesIn(before).keys(), ...rest.pictures.keys()].indexOf(name);
  }
  const { engine: _, ...found } = rest.result;
  expect(whole.result).toMatchObject(found);
});

test('diverse pictures come together, each under its own variant', async () => {
  const { events, result } = await make({
    channels: [1],
    objectives: ['channel'],
    signs: [1],
    restarts: 1,
    diversity: 3,
  });
  expect(result.pictures).toBe(4);
  const variants = artifactsIn(events).flatMap(({ picture }) => (picture ? [picture.variant] : []));
  expect(variants.toSorted()).toEqual(['', 'diversity-0', 'diversity-1', 'diversity-2']);
});

test('an abort ends all that is under way', async () => {
  const abort = new AbortController();
  const run = start({ steps: 2000 }, { signal: abort.signal });
  await run.next();
  abort.abort();
  await expect(toEnd(run)).rejects.toThrow('aborted');
});

test.each([
  ['a layer that the model lacks', { layer: 'rely' }, 'relu'],
  ['a channel that the layer lacks', { channels: [1, 4] }, 'channels 0 to 3'],
  ['the neuron of a layer without positions', { layer: 'logits', channels: [0] }, 'no rows and columns'],
])('%s is refused', async (_, given, expected) => {
  await expect(make(given)).rejects.toThrow(expected);
});

test('classes have pictures by the channel objective', async () => {
  const { result } = await make({ layer: 'logits', channels: [0, 1], objectives: ['channel'], restarts: 1 });
  expect(result.pictures).toBe(4);
});

test.each([
  ['twice the same channel', { channels: [1, 1] }],
  ['no channel', { channels: [] }],
  ['one diverse picture', { diversity: 1 }],
  ['a transform for an alpha channel that is not there', { transforms: [{ type: 'collapseAlphaRandom' }] }],
])('%s is no valid input', (_, given) => {
  const parsed = unitPicturesInput.safeParse({
    model: 'tiny',
    layer: 'relu',
    channels: [1],
    ...settings,
    ...given,
  });
  expect(parsed.success).toBe(false);
});
