import {
  ablate,
  findArchitecture,
  findVariant,
  loadRegisteredModel,
  withHooks,
  type HookedModel,
} from '@fovea/models';
import { startBackend, tf } from '@fovea/tensor';
import * as fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { expectNear } from '../testing/expect-near.ts';
import { noisePixels } from '../testing/pixels.ts';
import { randomModel } from '../testing/random-model.ts';
import { tinyModel } from '../testing/tiny-model.ts';
import { decodeSweep, encodeSweep } from './encode-sweep.ts';
import {
  NonFiniteActivationError,
  SweepBatchError,
  SweepEncodingError,
  SweepMismatchError,
} from './errors.ts';
import type { SweepSettings } from './settings.ts';
import { quantileShares, unitStatistics } from './statistics.ts';
import { emptySweep, mergeSweep, sweep, sweepBatches, type Sweep } from './sweep.ts';
import type { ImageBatch } from './unit-values.ts';

const settings: SweepSettings = {
  layers: ['conv', 'relu', 'logits'],
  batch: 4,
  top: 3,
  sample: [0, 2, 3, 5, 8, 12],
  classes: 2,
};

const labelOf = (image: number) => (image % 5 === 4 ? null : image % 2);

function batchOf(model: HookedModel, indices: readonly number[]): ImageBatch {
  const pixels = Float32Array.from(indices.flatMap((image) => [...noisePixels(model, image)]));
  return { indices, labels: indices.map(labelOf), pixels };
}

function batchesOf(model: HookedModel, indices: readonly number[], size: number): ImageBatch[] {
  const starts = Array.from({ length: Math.ceil(indices.length / size) }, (_, batch) => batch * size);
  return starts.map((start) => batchOf(model, indices.slice(start, start + size)));
}

const firstImages = (count: number) => Array.from({ length: count }, (_, image) => image);

const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;

/** Merged in the order given. */
function merged(model: HookedModel, of: SweepSettings, parts: readonly Sweep[]): Sweep {
  const whole = emptySweep(model, of);
  whole.engine = parts[0]!.engine;
  for (const part of parts) mergeSweep(whole, part);
  return whole;
}

beforeAll(async () => {
  await startBackend();
});

describe('a sweep', () => {
  let model: HookedModel;
  beforeAll(() => {
    model = tinyModel();
  });
  afterAll(() => model.dispose());

  test.each(['compiled', 'eager'] as const)('gives the statistics of all values (%s)', async (engine) => {
    const swept = await sweep(model, batchesOf(model, firstImages(10), 4), settings, { engine });
    expect(swept.images).toBe(10);
    for (const unit of [0, 1, 2, 3]) {
      const figures = unitStatistics(swept, swept.layers[1]!, unit);
      const { values, perImage } = valuesOf('relu', unit, 10);
      const average = mean(values);
      const moment = (power: number) => mean(values.map((value) => (value - average) ** power));
      expect(figures.mean).toBeCloseTo(average, 5);
      expect(figures.deviation).toBeCloseTo(Math.sqrt(moment(2)), 5);
      expect(figures.skewness).toBeCloseTo(moment(3) / moment(2) ** 1.5, 4);
      expect(figures.kurtosis).toBeCloseTo(moment(4) / moment(2) ** 2, 4);
      expect(figures.minimum).toBeCloseTo(Math.min(...values), 5);
      expect(figures.maximum).toBeCloseTo(Math.max(...values), 5);
      expect(figures.nonZeroFraction).toBeCloseTo(
        values.filter((value) => value !== 0).length / values.length,
        3,
      );
      expect(figures.histogram.reduce((sum, count) => sum + count) + figures.zeros).toBeCloseTo(
        values.length,
        6,
      );
      const sorted = values.toSorted((a, b) => a - b);
      for (const [index, share] of quantileShares.entries()) {
        const rank = share * (sorted.length - 1);
        const [low, high] = [sorted[Math.floor(rank)]!, sorted[Math.ceil(rank)]!];
        const exact = low + (rank - Math.floor(rank)) * (high - low);
        expect(Math.abs(figures.quantiles[index]! - exact)).toBeLessThanOrEqual(Math.abs(high) / 64 + 1e-6);
      }
      const best = perImage.map((own, image) => ({ value: Math.max(...own), image }));
      best.sort((a, b) => b.value - a.value);
      const { top } = swept.layers[1]!;
      expect(top[unit]!.map(({ image }) => image)).toEqual(best.slice(0, 3).map(({ image }) => image));
      for (const { value, image, position } of top[unit]!)
        expect(perImage[image]![position]).toBeCloseTo(value, 5);
      for (const { label, mean: ofClass, images } of figures.classes) {
        const own = firstImages(10).filter((image) => labelOf(image) === label);
        expect(images).toBe(own.length);
        expect(ofClass).toBeCloseTo(mean(own.map((image) => mean(perImage[image]!))), 5);
      }
    }
  });

  test('keeps what each unit did on the images of the sample', async () => {
    const swept = await sweep(model, batchesOf(model, firstImages(10), 4), settings);
    expect([...swept.seen]).toEqual([1, 1, 1, 1, 1, 0]);
    const { sample, units } = swept.layers[1]!;
    const { perImage } = valuesOf('relu', 2, 10);
    for (const [row, image] of settings.sample.slice(0, 5).entries()) {
      const own = perImage[image]!;
      const cell = row * units + 2;
      expect(sample.maximum[cell]).toBeCloseTo(Math.max(...own), 5);
      expect(own[sample.position[cell]!]).toBeCloseTo(Math.max(...own), 5);
      expect(sample.mean[cell]).toBeCloseTo(mean(own), 5);
    }
  });

  test('compiled and eager agree', async () => {
    const batches = batchesOf(model, firstImages(6), 4);
    const [compiled, eager] = await Promise.all(
      (['compiled', 'eager'] as const).map((engine) => sweep(model, batches, settings, { engine })),
    );
    expect(compiled!.engine?.name).toBe('onnxruntime');
    expect(eager!.engine).toEqual({ name: 'eager', reason: 'it was asked for' });
    for (const [index, layer] of compiled!.layers.entries())
      for (const name of ['mean', 'deviation', 'minimum', 'maximum'] as const)
        expectNear(
          layer.top.map((_, unit) => unitStatistics(compiled!, layer, unit)[name]),
          layer.top.map((_, unit) => unitStatistics(eager!, eager!.layers[index]!, unit)[name]),
        );
  });

  test('of parts, merged in any order, is that of the whole to the last byte', async () => {
    const whole = encodeSweep(await sweep(model, batchesOf(model, firstImages(13), 4), settings));
    const shard = fc.array(fc.integer({ min: 0, max: 2 }), { minLength: 13, maxLength: 13 });
    await fc.assert(
      fc.asyncProperty(shard, fc.integer({ min: 1, max: 4 }), async (shardOf, size) => {
        const shards = [0, 1, 2].map((number) =>
          firstImages(13).filter((image) => shardOf[image] === number),
        );
        const parts: Sweep[] = [];
        for (const indices of shards)
          parts.push(await sweep(model, batchesOf(model, indices, size), settings));
        expect(Buffer.compare(encodeSweep(merged(model, settings, parts.toReversed())), whole)).toBe(0);
      }),
      { numRuns: 12, seed: 5 },
    );
  });

  test('goes on from its bytes as if nothing had happened', async () => {
    const whole = encodeSweep(await sweep(model, batchesOf(model, firstImages(11), 4), settings));
    const begun = emptySweep(model, settings);
    for await (const { images } of sweepBatches(begun, model, batchesOf(model, firstImages(11), 4)))
      if (images === 8) break;
    const resumed = decodeSweep(encodeSweep(begun), model, settings);
    const rest = firstImages(11).slice(resumed.images);
    for await (const _ of sweepBatches(resumed, model, batchesOf(model, rest, 4)));
    expect(Buffer.compare(encodeSweep(resumed), whole)).toBe(0);
  });

  test('keeps as much of many images as of few', async () => {
    const few = batchesOf(model, firstImages(20), 4);
    const again = (time: number) =>
      few.map((batch) => ({ ...batch, indices: batch.indices.map((image) => image + 20 * time) }));
    const many = Array.from({ length: 20 }, (_, time) => again(time)).flat();
    const bytesOf = async (batches: ImageBatch[]) =>
      encodeSweep(await sweep(model, batches, { ...settings, sample: [0] })).length;
    expect(await bytesOf(many)).toBeLessThan(1.01 * (await bytesOf(few)));
  });

  test('refuses bytes that are not those of the same sweep', async () => {
    const bytes = encodeSweep(await sweep(model, [batchOf(model, [0])], settings));
    for (const damaged of [bytes.subarray(0, 60), new Uint8Array(9)])
      expect(() => decodeSweep(damaged, model, settings)).toThrow(SweepEncodingError);
    expect(() => decodeSweep(bytes, model, { ...settings, top: 4 })).toThrow(SweepEncodingError);
  });

  test.each(['compiled', 'eager'] as const)(
    'resolves ties by image, then by position (%s)',
    async (engine) => {
      const silent = tinyModel({ bias: -1000 });
      const batches = batchesOf(silent, [4, 7, 9, 12, 20], 4).toReversed();
      const tied = await sweep(silent, batches, { ...settings, layers: ['relu'] }, { engine });
      const [relu] = tied.layers;
      expect(relu!.top[1]!.map(({ image, position }) => [image, position])).toEqual([
        [4, 0],
        [7, 0],
        [9, 0],
      ]);
      expect(unitStatistics(tied, relu!, 1)).toMatchObject({
        nonZeroFraction: 0,
        deviation: 0,
        kurtosis: NaN,
      });
      silent.dispose();
    },
  );

  test.each(['compiled', 'eager'] as const)('sees what hooks made of a layer (%s)', async (engine) => {
    using silenced = withHooks(model, ablate(model, 'relu', { by: 'zero' }, { channels: [1] }));
    const swept = await sweep(silenced, [batchOf(model, [0, 1])], settings, { engine });
    const maxima = [...swept.layers[1]!.maximum];
    expect(maxima.map((maximum) => maximum > 0)).toEqual([true, false, true, true]);
  });

  test('leaves no tensors behind', async () => {
    const before = tf.memory().numTensors;
    for (const engine of ['compiled', 'eager'] as const)
      await sweep(model, batchesOf(model, firstImages(3), 2), settings, { engine });
    expect(tf.memory().numTensors).toBe(before);
  });

  test('refuses batches that do not fit, and merges of different sweeps', async () => {
    const given = batchOf(model, [0, 1]);
    const attempt = (batch: ImageBatch) => sweep(model, [batch], settings);
    await expect(attempt({ ...given, indices: [1, 0] })).rejects.toThrow(SweepBatchError);
    await expect(attempt({ ...given, indices: [0] })).rejects.toThrow(SweepBatchError);
    await expect(attempt(batchOf(model, [0, 1, 2, 3, 4]))).rejects.toThrow('has 5 images; 1 to 4 fit');
    const [one, other] = [
      await sweep(model, [given], settings),
      await sweep(model, [given], { ...settings, batch: 2 }),
    ];
    expect(() => mergeSweep(one, other)).toThrow(SweepMismatchError);
  });

  test('says where a network overflows', async () => {
    const loud = tinyModel({ gain: 3e38 });
    await expect(sweep(loud, [batchOf(loud, [3])], settings)).rejects.toThrow(NonFiniteActivationError);
    loud.dispose();
  });

  /** Of one unit, image after image. */
  function valuesOf(layer: string, unit: number, images: number) {
    const perImage = firstImages(images).map((image) => {
      const values = tf.tidy(() => {
        const input = model.preprocess(tf.tensor4d(noisePixels(model, image), [1, 24, 24, 3]));
        return model.run(input, { until: [layer] })[layer]!.clone();
      });
      const all = values.dataSync();
      values.dispose();
      return [...all].filter((_, index) => index % 4 === unit);
    });
    return { perImage, values: perImage.flat() };
  }
});

test('the class token is apart from the patches, and heads have their own channels', async () => {
  const architecture = findArchitecture('vit');
  const transformer = randomModel(findVariant(architecture, 'test_vit2'));
  const layers = ['blocks.0.resid_post', 'blocks.0.attn.z', 'blocks.0.attn.pattern', 'pooled'];
  const swept = await sweep(transformer, [batchOf(transformer, [0, 1])], {
    ...settings,
    layers,
  });
  const seen = swept.layers.map(({ layer, group, positions, unitShape }) =>
    [layer, group.tokens ?? 'all', positions, ...unitShape].join(' '),
  );
  expect(seen).toEqual([
    'blocks.0.resid_post class 1 64',
    'blocks.0.resid_post patches 100 64',
    'blocks.0.attn.z class 1 2 32',
    'blocks.0.attn.z patches 100 2 32',
    'blocks.0.attn.pattern all 10201 2',
    'pooled all 1 64',
  ]);
  transformer.dispose();
});

test(
  'an image has the same figures in whatever batch it comes, with any number of threads',
  { timeout: 60_000 },
  async () => {
    const model = await loadRegisteredModel('fovea_mini');
    const large: SweepSettings = {
      ...settings,
      layers: ['conv2d0', 'mixed3b', 'mixed4b', 'logits'],
      batch: 5,
    };
    const of = (indices: readonly number[], threads?: number) =>
      sweep(model, batchesOf(model, indices, 5), large, { threads });
    const [whole, first, second] = [
      await of(firstImages(9)),
      await of([0, 4, 8], 1),
      await of([1, 2, 3, 5, 6, 7], 2),
    ];
    expect(Buffer.compare(encodeSweep(merged(model, large, [second, first])), encodeSweep(whole))).toBe(0);
    model.dispose();
  },
);
