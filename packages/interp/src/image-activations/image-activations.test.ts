import { tf } from '@fovea/tensor';
import * as fc from 'fast-check';
import { beforeAll, describe, expect, test } from 'vitest';
import { tinyModel } from '../testing/tiny-model.ts';
import { tinyTransformer } from '../testing/tiny-transformer.ts';
import { imageActivations, type ActivationMaps } from './activation-maps.ts';
import { dictionaryOf, firingUnits } from './semantic-dictionary.ts';
import { relativeTo, usualActivations } from './usual-activations.ts';

beforeAll(() => tf.ready());

const ramp = (length: number) => Float32Array.from({ length }, (_, at) => (at % 97) / 97);

describe('activation maps', () => {
  test('hold what the network does at each position, unit by unit', async () => {
    const model = tinyModel();
    const pixels = ramp(24 * 24 * 3);
    const { maps } = await imageActivations(model, pixels, ['relu', 'logits']);
    const image = tf.tensor4d(pixels, [1, 24, 24, 3]);
    const { relu } = model.run(model.preprocess(image), { until: ['relu'] });
    const values = await relu!.data();
    const [map] = maps;
    expect(map).toMatchObject({ layer: 'relu', grid: [24, 24], units: 4 });
    for (const [unit, row, column] of [
      [0, 0, 0],
      [2, 5, 17],
      [3, 23, 23],
    ] as const)
      expect(map!.values[(unit * 24 + row) * 24 + column]).toBeCloseTo(
        values[(row * 24 + column) * 4 + unit]!,
        5,
      );
    expect(maps[1]).toMatchObject({ layer: 'logits', grid: [1, 1], units: 2 });
  });

  test('lay the patches of a transformer out in rows and columns', async () => {
    const { maps } = await imageActivations(tinyTransformer(), ramp(16 * 16 * 3), ['blocks.0.mlp.post']);
    expect(maps.map(({ grid }) => grid)).toEqual([[4, 4]]);
  });
});

const anyMaps = fc
  .record({
    units: fc.integer({ min: 1, max: 9 }),
    rows: fc.integer({ min: 1, max: 4 }),
    columns: fc.integer({ min: 1, max: 4 }),
  })
  .chain(({ units, rows, columns }) =>
    fc
      .float32Array({
        minLength: units * rows * columns,
        maxLength: units * rows * columns,
        noNaN: true,
        noDefaultInfinity: true,
      })
      .map((values): ActivationMaps => ({
        layer: 'any',
        group: { start: 0, count: 1 },
        grid: [rows, columns],
        units,
        values,
      })),
  );

describe('a semantic dictionary', () => {
  test('names the strongest units of each position, as sorting would', () => {
    fc.assert(
      fc.property(anyMaps, fc.integer({ min: 1, max: 12 }), (maps, wanted) => {
        const positions = maps.grid[0] * maps.grid[1];
        const { count, channels, values } = dictionaryOf(maps, wanted);
        for (let position = 0; position < positions; position++) {
          const sorted = Array.from({ length: maps.units }, (_, unit) => ({
            unit,
            value: maps.values[unit * positions + position]!,
          })).toSorted((a, b) => (b.value > a.value ? 1 : b.value < a.value ? -1 : a.unit - b.unit));
          const found = [...channels.subarray(position * count, (position + 1) * count)];
          expect(found).toEqual(sorted.slice(0, wanted).map(({ unit }) => unit));
          expect(values[position * count]).toBe(sorted[0]!.value);
        }
      }),
    );
  });
});

describe('firing units', () => {
  const maps: ActivationMaps = {
    layer: 'two',
    group: { start: 0, count: 1 },
    grid: [2, 2],
    units: 3,
    values: Float32Array.from([0, 1, 0, 0, 10, 10, 10, 11, 3, 3, 3, 3]),
  };

  test('come strongest first, with the place of their maximum', () => {
    expect(firingUnits(maps, 2)).toEqual([
      { channel: 1, maximum: 11, position: 3, mean: 10.25 },
      { channel: 2, maximum: 3, position: 0, mean: 3 },
    ]);
  });

  test('are others when measured by what is usual for each', () => {
    const relative = relativeTo(maps, {
      mean: Float32Array.of(0, 10, 3),
      high: Float32Array.of(0.5, 15, 3),
    });
    expect(firingUnits(relative, 3).map(({ channel, maximum }) => [channel, maximum])).toEqual([
      [0, 2],
      [1, expect.closeTo(0.2)],
      [2, 0],
    ]);
  });
});

test('what is usual for a unit are its mean over all and what one image in ten exceeds', () => {
  const highest = Float32Array.from({ length: 22 }, (_, at) => (at < 11 ? at : 5));
  const { mean, high } = usualActivations(
    highest,
    highest.map((value) => value / 2),
    2,
  );
  expect([...mean]).toEqual([2.5, 2.5]);
  expect([...high]).toEqual([9, 5]);
});
