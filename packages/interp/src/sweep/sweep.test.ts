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
import { NonFiniteActivationError, SweepBatchError, SweepMismatchError } from './errors.ts';
import type { SweepSettings } from './settings.ts';
import { unitStatistics } from './statistics.ts';
import { mergeSweeps, sweep, type ImageBatch, type Sweep } from './sweep.ts';

const settings: SweepSettings = {
  layers: ['conv', 'relu', 'logits'],
  batch: 4,
  top: { count: 3, of: 'images' },
  histogram: { from: -1, to: 1, bins: 4 },
};

function batchOf(model: HookedModel, indices: readonly number[]): ImageBatch {
  return { indices, pixels: Float32Array.from(indices.flatMap((image) => [...noisePixels(model, image)])) };
}

function batchesOf(model: HookedModel, indices: readonly number[], size: number): ImageBatch[] {
  const starts = Array.from({ length: Math.ceil(indices.length / size) }, (_, batch) => batch * size);
  return starts.map((start) => batchOf(model, indices.slice(start, start + size)));
}

const firstImages = (count: number) => Array.from({ length: count }, (_, image) => image);

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
    const layer = swept.layers[1]!;
    const statistics = unitStatistics(swept, layer);
    for (const [unit, figures] of statistics.entries()) {
      const { values, perImage } = valuesOf('relu', unit, 10);
      const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
      const variance = values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length;
      expect(figures.mean).toBeCloseTo(mean, 5);
      expect(figures.standardDeviation).toBeCloseTo(Math.sqrt(variance), 5);
      expect(figures.minimum).toBeCloseTo(Math.min(...values), 5);
      expect(figures.maximum).toBeCloseTo(Math.max(...values), 5);
      expect(figures.frequency).toBeCloseTo(values.filter((value) => value > 0).length / values.length, 3);
      expect(figures.histogram.reduce((sum, count) => sum + count)).toBe(values.length);
      expect(figures.histogram.at(-1)).toBe(values.filter((value) => value >= 1).length);
      const best = perImage.map((own, image) => ({ value: Math.max(...own), image }));
      best.sort((a, b) => b.value - a.value);
      expect(figures.top.map(({ image }) => image)).toEqual(best.slice(0, 3).map(({ image }) => image));
      for (const { value, image, position } of figures.top)
        expect(perImage[image]![position]).toBeCloseTo(value, 5);
    }
  });

  test('compiled and eager agree', async () => {
    const batches = batchesOf(model, firstImages(6), 4);
    const [compiled, eager] = await Promise.all(
      (['compiled', 'eager'] as const).map((engine) => sweep(model, batches, settings, { engine })),
    );
    expect(compiled!.engine.name).toBe('onnxruntime');
    expect(eager!.engine).toEqual({ name: 'eager', reason: 'it was asked for' });
    for (const [index, layer] of compiled!.layers.entries()) {
      const figures = unitStatistics(compiled!, layer);
      const expected = unitStatistics(eager!, eager!.layers[index]!);
      for (const name of ['mean', 'standardDeviation', 'minimum', 'maximum'] as const)
        expectNear(
          figures.map((unit) => unit[name]),
          expected.map((unit) => unit[name]),
        );
    }
  });

  test('of parts, merged, is that of the whole to the last bit', async () => {
    const whole = await sweep(model, batchesOf(model, firstImages(13), 4), settings);
    const shard = fc.array(fc.integer({ min: 0, max: 2 }), { minLength: 13, maxLength: 13 });
    await fc.assert(
      fc.asyncProperty(shard, async (shardOf) => {
        const shards = [0, 1, 2].map((number) =>
          firstImages(13).filter((image) => shardOf[image] === number),
        );
        const swept: Sweep[] = [];
        for (const indices of shards) swept.push(await sweep(model, batchesOf(model, indices, 3), settings));
        const [first, ...others] = swept.toReversed() as [Sweep, ...Sweep[]];
        expect(mergeSweeps([first, ...others])).toEqual(whole);
      }),
      { numRuns: 12, seed: 5 },
    );
  });

  test('keeps the highest positions, or the best position of each image', async () => {
    const images = batchesOf(model, firstImages(5), 2);
    const byPosition = await sweep(model, images, { ...settings, top: { count: 4, of: 'positions' } });
    const { values } = valuesOf('conv', 2, 5);
    const best = values
      .map((value, index) => ({ value, image: Math.floor(index / 576), position: index % 576 }))
      .toSorted((a, b) => b.value - a.value)
      .slice(0, 4);
    const kept = byPosition.layers[0]!.top[2]!;
    expect(kept.map(({ image, position }) => [image, position])).toEqual(
      best.map(({ image, position }) => [image, position]),
    );
  });

  test.each(['compiled', 'eager'] as const)(
    'resolves ties by image, then by position (%s)',
    async (engine) => {
      const silent = tinyModel({ bias: -1000 });
      for (const of of ['images', 'positions'] as const) {
        const tied = await sweep(
          silent,
          batchesOf(silent, [4, 7, 9, 12, 20], 4).toReversed(),
          { ...settings, layers: ['relu'], top: { count: 3, of } },
          { engine },
        );
        const expected =
          of === 'images' ? [4, 7, 9].map((image) => [image, 0]) : [0, 1, 2].map((at) => [4, at]);
        expect(tied.layers[0]!.top[1]!.map(({ image, position }) => [image, position])).toEqual(expected);
      }
      silent.dispose();
    },
  );

  test.each(['compiled', 'eager'] as const)('sees what hooks made of a layer (%s)', async (engine) => {
    using silenced = withHooks(model, ablate(model, 'relu', { by: 'zero' }, { channels: [1] }));
    const swept = await sweep(silenced, [batchOf(model, [0, 1])], settings, { engine });
    const [, relu] = swept.layers;
    const maxima = unitStatistics(swept, relu!).map(({ maximum }) => maximum);
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
    expect(() => mergeSweeps([one, other])).toThrow(SweepMismatchError);
  });

  test('says where a network overflows', async () => {
    const loud = tinyModel({ gain: 1e30 });
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
    layers,
    batch: 2,
    top: { count: 2, of: 'images' },
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
    const settings: SweepSettings = {
      layers: ['conv2d0', 'mixed3b', 'mixed4b', 'logits'],
      batch: 5,
      top: { count: 3, of: 'positions' },
      histogram: { from: 0, to: 2, bins: 8 },
    };
    const of = (indices: readonly number[], threads?: number) =>
      sweep(model, batchesOf(model, indices, 5), settings, { threads });
    const [whole, first, second] = [
      await of(firstImages(9)),
      await of([0, 4, 8], 1),
      await of([1, 2, 3, 5, 6, 7], 2),
    ];
    expect(mergeSweeps([second, first])).toEqual(whole);
    model.dispose();
  },
);
