import { proceduralImages } from '@fovea/data';
import { tinyModel } from '@fovea/interp/testing';
import { startBackend } from '@fovea/tensor';
import sharp from 'sharp';
import { beforeAll, expect, test } from 'vitest';
import { InvalidInputError } from '../input-error.ts';
import type { RunContext, RunEvent } from '../kind.ts';
import { activationAtlas as kind } from './index.ts';
import { SparseAtlasError } from './plan.ts';
import {
  activationAtlas,
  activationAtlasInput,
  activationAtlasResult,
  activationAtlasSchema,
  atlasEvidence,
} from './schema.ts';

beforeAll(async () => {
  await startBackend();
});

type Artifact = Extract<RunEvent, { type: 'artifact' }>;

async function run(given: object = {}, context: Partial<RunContext> = {}) {
  const input = activationAtlasInput.parse({
    model: 'tiny',
    layer: 'relu',
    dataset: 'procedural',
    split: 'validation',
    images: 30,
    positions: 4,
    neighbors: 8,
    grids: [2, 3],
    minimum: 2,
    iconSize: 40,
    iconSteps: 3,
    attempts: 2,
    batch: 4,
    ...given,
  });
  const events: RunEvent[] = [];
  const atlas = kind.run(input, {
    loadModel: async () => tinyModel(),
    loadDataset: async () => proceduralImages(),
    loadObject: () => Promise.reject(new Error('no object was named')),
    seed: 5,
    signal: new AbortController().signal,
    provenance: { modelDigest: '0'.repeat(64), datasetDigest: null, codeVersion: 'test', backend: 'wasm' },
    ...context,
  });
  for (;;) {
    const next = await atlas.next();
    if (next.done) return { events, result: activationAtlasResult.parse(next.value), ...outputOf(events) };
    events.push(next.value);
  }
}

function outputOf(events: readonly RunEvent[]) {
  const artifacts = events.filter((event): event is Artifact => event.type === 'artifact');
  const files = new Map(artifacts.map(({ name, bytes }) => [name, Buffer.from(bytes)]));
  const atlas = activationAtlas.parse(JSON.parse(files.get('atlas.json')!.toString()));
  return { files, atlas };
}

test('lays out all activations, and tells of each cell what lies in it', async () => {
  const { atlas, files, events, result } = await run();
  expect([...files.keys()]).toEqual([
    'layout.json',
    'icons-2.webp',
    'examples-2.webp',
    'icons-3.webp',
    'examples-3.webp',
    'atlas.json',
  ]);
  expect(atlas).toMatchObject({ images: 30, samples: 120, split: 'validation' });
  for (const { size, cells } of atlas.grids) {
    expect(cells.length).toBeGreaterThan(0);
    for (const { row, column, count, units, classes, examples } of cells) {
      expect(Math.max(row, column)).toBeLessThan(size);
      expect(count).toBeGreaterThan(2);
      expect(units.map(({ above }) => above)).toEqual(
        units.map(({ above }) => above).toSorted((a, b) => b - a),
      );
      expect(classes.map(({ name }) => name).toSorted()).toEqual(['blob', 'stripe']);
      // The article's rule: no activation is at the edge of the 24×24 positions.
      for (const { position } of examples) {
        expect([0, 23]).not.toContain(position % 24);
        expect([0, 23]).not.toContain(Math.floor(position / 24));
      }
    }
  }
  const layer = events.find((event) => event.type === 'layer')!;
  expect(atlasEvidence.parse(layer.data).grids.map(({ size }) => size)).toEqual([2, 3]);
  expect(result.grids[1]!.cells).toBe(atlas.grids[1]!.cells.length);
});

test('draws an icon and examples at the place of each cell, and nothing where there is none', async () => {
  const { atlas, files } = await run({ minimum: 10 });
  const { size, cells } = atlas.grids[1]!;
  for (const [name, side] of [
    ['icons-3.webp', 40],
    ['examples-3.webp', 128],
  ] as const) {
    const { data, info } = await sharp(files.get(name)).raw().toBuffer({ resolveWithObject: true });
    expect([info.width, info.height, info.channels]).toEqual([size * side, size * side, 4]);
    for (let row = 0; row < size; row++)
      for (let column = 0; column < size; column++) {
        const pixel = (row * side + 20) * info.width + column * side + 20;
        const isCell = cells.some((cell) => cell.row === row && cell.column === column);
        expect(data[4 * pixel + 3]).toBe(isCell ? 255 : 0);
      }
  }
});

test.each([
  ['among the icons', {}],
  ['among the images', { images: 520, positions: 1, grids: [2], iconSteps: 1, attempts: 1 }],
])('gives the same bytes after an interruption %s', async (_, given) => {
  const whole = await run(given);
  const checkpoints = whole.events.filter((event) => event.type === 'checkpoint');
  expect(checkpoints.length).toBeGreaterThan(0);
  for (const { bytes } of checkpoints) {
    const resumed = await run(given, { checkpoint: bytes });
    const changed = [...resumed.files].filter(([name, file]) => !file.equals(whole.files.get(name)!));
    expect(changed.map(([name]) => name)).toEqual([]);
    expect(resumed.atlas).toEqual(whole.atlas);
  }
});

test('takes all others for neighbours where there are few activations, and says so', async () => {
  const { events } = await run({ images: 10, positions: 2, neighbors: 50, grids: [2], minimum: 0 });
  const messages = events.flatMap((event) => (event.type === 'log' ? [event.message] : []));
  expect(messages.join('\n')).toContain('There are 20 activations: each is kept close to all others');
});

test('says what to change where no cell has enough activations', async () => {
  await expect(run({ images: 10, positions: 1, grids: [8], minimum: 9 })).rejects.toThrow(SparseAtlasError);
});

test('refuses layers and splits that are not there', async () => {
  await expect(run({ layer: 'rely' })).rejects.toThrow(InvalidInputError);
  await expect(run({ split: 'tset' })).rejects.toThrow('procedural has no split tset');
});

test.each(Object.entries(activationAtlasSchema.presets))('may be the preset %s', (_, preset) => {
  const given = { model: 'tiny', layer: 'relu', dataset: 'procedural', ...preset };
  expect(activationAtlasInput.safeParse(given).error).toBeUndefined();
});
