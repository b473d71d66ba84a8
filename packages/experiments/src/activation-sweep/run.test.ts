import { proceduralImages, type Dataset, type RawImage } from '@fovea/data';
import { tinyModel } from '@fovea/interp/testing';
import { startBackend, tf } from '@fovea/tensor';
import { beforeAll, describe, expect, test } from 'vitest';
import type { RunContext, RunEvent } from '../kind.ts';
import { layerActivations, unitActivations, type UnitActivations } from './evidence.ts';
import { activationSweep } from './index.ts';
import { activationSweepInput, activationSweepResult, activationSweepSchema } from './schema.ts';

beforeAll(async () => {
  await startBackend({ force: 'wasm', threads: 1 });
});

type Artifact = Extract<RunEvent, { type: 'artifact' }>;

/** Of the first images, at the size that the tiny model reads. */
function small(): Dataset {
  const whole = proceduralImages();
  const side = 24;
  const image = (split: string, index: number): RawImage => {
    const { pixels, width } = whole.image(split, index);
    const cut = new Uint8Array(side * side * 3);
    for (let row = 0; row < side; row++)
      cut.set(pixels.subarray(3 * row * width, 3 * (row * width + side)), 3 * row * side);
    return { encoding: 'raw', channels: 3, height: side, width: side, pixels: cut };
  };
  return {
    ...whole,
    name: 'small',
    splits: { train: 60, test: 37 },
    image,
    entry: (split, index) => ({ ...whole.entry(split, index), height: side, width: side }),
  };
}

async function run(given: object = {}, context: Partial<RunContext> = {}, until = Infinity) {
  const input = activationSweepInput.parse({
    model: 'tiny',
    dataset: 'small',
    layers: ['relu', 'logits'],
    top: 3,
    perBand: 2,
    bands: [0, 0.5, 1],
    sample: 20,
    batch: 4,
    checkpointInterval: 8,
    ...given,
  });
  const events: RunEvent[] = [];
  const experiment = activationSweep.run(input, {
    loadModel: async () => tinyModel(),
    loadDataset: async () => small(),
    loadObject: (key) => Promise.reject(new Error(`No object ${key} in this test`)),
    seed: 5,
    signal: new AbortController().signal,
    provenance: { modelDigest: '0'.repeat(64), datasetDigest: null, codeVersion: 'test', backend: 'wasm' },
    ...context,
  });
  for (;;) {
    const next = await experiment.next();
    if (next.done) return { events, result: next.value, artifacts: artifactsOf(events) };
    events.push(next.value);
    if (events.filter(({ type }) => type === 'checkpoint').length === until)
      return { events, result: null, artifacts: artifactsOf(events) };
  }
}

function artifactsOf(events: readonly RunEvent[]): Map<string, Artifact> {
  return new Map(
    events.filter((event) => event.type === 'artifact').map((artifact) => [artifact.name, artifact]),
  );
}

/** All that readers will see of a run. */
function outcome(events: readonly RunEvent[]): string {
  const told = events.filter(({ type }) => type === 'units' || type === 'layer' || type === 'artifact');
  return JSON.stringify(told, (_, value: unknown) =>
    value instanceof Uint8Array ? Buffer.from(value).toString('base64') : value,
  );
}

const lastProgress = (events: readonly RunEvent[]) => events.findLast(({ type }) => type === 'progress');

const unitsOf = (events: readonly RunEvent[], layer: string) =>
  events.flatMap((event) => (event.type === 'units' && event.layer === layer ? event.units : []));

describe('an activation sweep', () => {
  test('tells of every unit and layer what its pages read', async () => {
    const { events, result, artifacts } = await run();
    expect(activationSweepResult.parse(result)).toMatchObject({ split: 'test', images: 37 });
    for (const [layer, units] of [
      ['relu', 4],
      ['logits', 2],
    ] as const) {
      const found = unitsOf(events, layer);
      expect(found.map(({ channel }) => channel)).toEqual(Array.from({ length: units }, (_, unit) => unit));
      for (const { data } of found) unitActivations.parse(data);
      const about = events.find((event) => event.type === 'layer' && event.layer === layer);
      const { groups, sample } = layerActivations.parse(about?.type === 'layer' && about.data);
      expect(sample).toHaveLength(20);
      for (const slice of [groups[0]!.maps, groups[0]!.vectors, groups[0]!.correlations])
        expect(artifacts.has(slice.artifact)).toBe(true);
    }
    expect([...artifacts.keys()].at(-1)).toBe('provenance.json');
  });

  test('takes the best of the top band, and others by chance from each', async () => {
    const { events } = await run();
    const { data } = unitsOf(events, 'relu')[1]!;
    const { examples } = (data as UnitActivations).groups[0]!;
    expect(examples.map(({ band }) => band)).toEqual([null, null, null, 1, 1, 0, 0]);
    const values = examples.map(({ value }) => value);
    expect(values.slice(0, 3)).toEqual(values.slice(0, 3).toSorted((a, b) => b - a));
    expect(Math.min(...values.slice(3, 5))).toBeGreaterThanOrEqual(Math.max(...values.slice(5)));
  });

  test("stores the examples' maps where the layer's evidence says, as the network computes them", async () => {
    const { events, artifacts } = await run();
    const about = events.find((event) => event.type === 'layer' && event.layer === 'relu');
    const { maps } = layerActivations.parse(about?.type === 'layer' && about.data).groups[0]!;
    const [, examples, rows, columns] = maps.shape as [number, number, number, number];
    const size = rows * columns;
    const unit = 2;
    const file = artifacts.get(maps.artifact)!.bytes;
    const dataset = small();
    const model = tinyModel();
    const found = (unitsOf(events, 'relu')[unit]!.data as UnitActivations).groups[0]!.examples;
    for (const [place, { image, value, position }] of found.entries()) {
      const start = maps.offset + 2 * size * (unit * examples + place);
      const stored = new Float16Array(Uint8Array.from(file.subarray(start, start + 2 * size)).buffer);
      const { pixels } = (await dataset.image('test', image)) as RawImage;
      const fresh = tf.tidy(() => {
        const input = model.preprocess(
          tf.tensor4d(
            Float32Array.from(pixels, (x) => x / 255),
            [1, 24, 24, 3],
          ),
        );
        return model.run(input, { until: ['relu'] })['relu']!.clone();
      });
      const values = [...fresh.dataSync()].filter((_, index) => index % 4 === unit);
      for (const [index, each] of values.entries()) expect(stored[index]!).toBeCloseTo(each, 2);
      expect(stored[position]!).toBeCloseTo(value, 2);
    }
  });

  test('of shards, merged, is that of one process to the last byte', async () => {
    const whole = await run();
    const input = activationSweepInput.parse({
      model: 'tiny',
      dataset: 'small',
      layers: ['relu'],
      shards: 3,
    });
    const shards: Map<string, Artifact>[] = [];
    for (const { shard } of activationSweepSchema.shards!(input))
      shards.push((await run({ shard })).artifacts);
    const loadShard = async (index: number, name: string) => shards[index]!.get(name)!.bytes;
    const merged = await run({ shards: 3 }, { loadShard });
    expect(outcome(merged.events)).toBe(outcome(whole.events));
    expect(merged.result).toEqual(whole.result);
  });

  test('goes on from any of its checkpoints to the same bytes', async () => {
    const whole = await run();
    const checkpoints = whole.events.filter((event) => event.type === 'checkpoint');
    expect(checkpoints.length).toBeGreaterThan(3);
    for (const [index] of checkpoints.entries()) {
      const cut = await run({}, {}, index + 1);
      const checkpoint = cut.events.findLast((event) => event.type === 'checkpoint')!.bytes;
      const resumed = await run({}, { checkpoint });
      const told = new Map([...cut.artifacts, ...resumed.artifacts]);
      expect([...told.keys()].toSorted()).toEqual([...whole.artifacts.keys()].toSorted());
      const differing = [...told].filter(([name, { bytes }]) =>
        Buffer.compare(bytes, whole.artifacts.get(name)!.bytes),
      );
      expect(differing.map(([name]) => name)).toEqual([]);
      expect(resumed.result).toEqual(whole.result);
      expect(lastProgress([...cut.events, ...resumed.events])).toEqual(lastProgress(whole.events));
    }
  });

  test('sees so many images of a larger split, drawn from all of it', async () => {
    const { events, result } = await run({ split: 'train', limit: 10 });
    expect(result).toMatchObject({ split: 'train', images: 10 });
    const seen = unitsOf(events, 'relu').flatMap(({ data }) =>
      (data as UnitActivations).groups[0]!.examples.map(({ image }) => image),
    );
    expect(Math.max(...seen)).toBeGreaterThan(20);
  });

  test('refuses layers and splits that are not there, naming the nearest', async () => {
    await expect(run({ layers: ['rleu'] })).rejects.toThrow('Nearest: relu');
    await expect(run({ split: 'tets' })).rejects.toThrow('no split "tets"; there are train, test');
  });
});
