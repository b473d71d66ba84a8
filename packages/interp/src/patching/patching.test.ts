import {
  capture,
  findArchitecture,
  findVariant,
  loadRegisteredModel,
  replace,
  SelectionError,
  type HookedModel,
} from '@fovea/models';
import { startBackend, tf } from '@fovea/tensor';
import * as fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { directionAlong } from '../attribution/metric.ts';
import { expectNear } from '../testing/expect-near.ts';
import { noisePixels } from '../testing/pixels.ts';
import { randomModel } from '../testing/random-model.ts';
import { tinyModel } from '../testing/tiny-model.ts';
import { attributionPatching } from './attribution-patching.ts';
import {
  divergenceFromClean,
  EqualPairError,
  logitDifference,
  normalized,
  probabilityChange,
} from './metrics.ts';
import { gridNodes, wholeLayer, type PatchNode } from './nodes.ts';
import { startPatching, type ImagePair } from './patching.ts';

const engines = ['compiled', 'eager'] as const;

beforeAll(async () => {
  await startBackend();
});

const pairOf = (model: HookedModel): ImagePair => ({
  clean: noisePixels(model, 1),
  corrupt: noisePixels(model, 2),
});

function valueOn(model: HookedModel, pixels: Float32Array, layer: string): tf.Tensor {
  const { height, width } = model.preprocessing;
  return tf.tidy(
    () => capture(model, model.preprocess(tf.tensor4d(pixels, [1, height, width, 3])), layer)[layer]!,
  );
}

const models = {
  fovea_mini: () => loadRegisteredModel('fovea_mini'),
  test_vit: async () => randomModel(findVariant(findArchitecture('vit'), 'test_vit')),
};

describe.each([
  { name: 'fovea_mini', layer: 'mixed3b', along: ['channels'], isCut: true },
  { name: 'fovea_mini', layer: 'mixed4a', along: ['positions'], isCut: true },
  { name: 'fovea_mini', layer: 'mixed3a.branch3x3', along: ['channels'], isCut: false },
  { name: 'test_vit', layer: 'blocks.1.attn.z', along: ['heads', 'positions'], isCut: false },
  { name: 'test_vit', layer: 'blocks.0.resid_post', along: ['positions'], isCut: true },
] as const)('patching $along of $layer in $name', ({ name, layer, along, isCut }) => {
  let model: HookedModel;
  let pair: ImagePair;
  beforeAll(async () => {
    model = await models[name]();
    pair = pairOf(model);
  });
  afterAll(() => model.dispose());

  test.each(engines)('nothing changes nothing, everything restores (%s)', async (engine) => {
    using patching = await startPatching(model, { layer }, { engine });
    const nothing: PatchNode = [];
    const denoised = await patching.run(pair, 'denoising', [nothing, wholeLayer]);
    expectNear(denoised.patched[0]!, denoised.corrupt);
    const noised = await patching.run(pair, 'noising', [nothing, wholeLayer]);
    expectNear(noised.patched[0]!, noised.clean);
    expect(noised.clean).toEqual(denoised.clean);
    // What goes round the layer also tells the images apart.
    if (!isCut) return;
    expectNear(denoised.patched[1]!, denoised.clean);
    expectNear(noised.patched[1]!, noised.corrupt);
  });

  test('gives what replacing by a hook gives', { timeout: 60_000 }, async () => {
    const grid = gridNodes(model.hookPoint(layer), ...along);
    const nodes = [...grid.slice(0, 5), ...grid.slice(-5)];
    const replacement = valueOn(model, pair.clean, layer);
    const output = model.network.output;
    for (const engine of engines) {
      using patching = await startPatching(model, { layer, batch: 4 }, { engine });
      const { patched } = await patching.run(pair, 'denoising', nodes);
      for (const [index, node] of nodes.entries()) {
        const expected = tf.tidy(() => {
          const { height, width } = model.preprocessing;
          const input = model.preprocess(tf.tensor4d(pair.corrupt, [1, height, width, 3]));
          return model.run(input, { hook: replace(model, layer, replacement, node) })[output]!.dataSync();
        });
        expectNear(patched[index]!, expected);
      }
    }
    replacement.dispose();
  });
});

describe('patching where the logits are linear in the layer', () => {
  let model: HookedModel;
  let pair: ImagePair;
  beforeAll(() => {
    model = tinyModel();
    pair = pairOf(model);
  });
  afterAll(() => model.dispose());

  test('each channel restores its own share', async () => {
    using patching = await startPatching(model, { layer: 'relu', batch: 3 });
    const point = model.hookPoint('relu');
    const runs = await patching.run(pair, 'denoising', gridNodes(point, 'channels'));
    const share = normalized(logitDifference(0, 1));
    const shares = runs.patched.map((logits) => share(logits, runs));
    expect(shares.reduce((sum, each) => sum + each)).toBeCloseTo(1, 4);
    const [clean, corrupt] = [pair.clean, pair.corrupt].map((pixels) => {
      const means = tf.tidy(() => valueOn(model, pixels, 'relu').mean<tf.Tensor1D>([0, 1, 2]));
      const values = means.dataSync();
      means.dispose();
      return values;
    });
    const weights = model.weights.get('fc.weight')!.dataSync();
    const effects = shares.map(
      (_, unit) => (clean![unit]! - corrupt![unit]!) * (weights[unit * 2]! - weights[unit * 2 + 1]!),
    );
    const total = effects.reduce((sum, each) => sum + each);
    shares.forEach((each, unit) => expect(each).toBeCloseTo(effects[unit]! / total, 4));
  });

  test('attribution patching is exact', async () => {
    const metric = { direction: directionAlong(model.hookPoint('logits'), { 0: 1, 1: -1 }) };
    using patching = await startPatching(model, { layer: 'relu' });
    for (const mode of ['denoising', 'noising'] as const) {
      const runs = await patching.run(pair, mode, gridNodes(model.hookPoint('relu'), 'channels'));
      const settings = { layers: ['relu'], target: 'logits', metric, mode };
      for (const engine of engines) {
        const { estimates, clean, corrupt } = await attributionPatching(model, pair, settings, { engine });
        const before = mode === 'denoising' ? corrupt : clean;
        const expected = runs.patched.map((logits) => logits[0]! - logits[1]! - before);
        const sums = expected.map((_, unit) =>
          estimates.relu!.reduce((sum, value, index) => (index % 4 === unit ? sum + value : sum), 0),
        );
        expectNear(sums, expected, 1e-3);
      }
    }
  });

  test('several selections are patched together', async () => {
    using patching = await startPatching(model, { layer: 'relu' });
    const union: PatchNode = [
      { channels: [0] },
      {
        channels: [2],
        positions: [
          [1, 2],
          [3, 4],
        ],
      },
    ];
    const alone = union.map((node): PatchNode => node);
    const runs = await patching.run(pair, 'denoising', [union, ...alone]);
    const effect = (index: number) => runs.patched[index]![0]! - runs.corrupt[0]!;
    expect(effect(0)).toBeCloseTo(effect(1) + effect(2), 4);
  });

  test('a part that the layer lacks is an error', async () => {
    using patching = await startPatching(model, { layer: 'relu' });
    await expect(patching.run(pair, 'denoising', [{ heads: [0] }])).rejects.toThrow(SelectionError);
    await expect(patching.run(pair, 'denoising', [{ channels: [4] }])).rejects.toThrow(SelectionError);
  });

  test('leaves no tensors behind', async () => {
    const before = tf.memory().numTensors;
    for (const engine of engines) {
      using patching = await startPatching(model, { layer: 'conv' }, { engine });
      await patching.run(pair, 'noising', [wholeLayer]);
    }
    expect(tf.memory().numTensors).toBe(before);
  });
});

describe('metrics', () => {
  const logits = fc.array(fc.double({ min: -30, max: 30, noNaN: true }), { minLength: 3, maxLength: 3 });

  test('restoring gives 1, changing nothing 0, and no divergence is negative', () => {
    fc.assert(
      fc.property(logits, logits, logits, (clean, corrupt, patched) => {
        const plain = { clean, corrupt };
        const share = normalized(logitDifference(0, 2));
        fc.pre(clean[0]! - clean[2]! !== corrupt[0]! - corrupt[2]!);
        expect(share(clean, plain)).toBe(1);
        expect(share(corrupt, plain)).toBeCloseTo(0, 12);
        expect(divergenceFromClean(patched, plain)).toBeGreaterThanOrEqual(-1e-12);
        expect(divergenceFromClean(clean, plain)).toBe(0);
        expect(probabilityChange(1)(corrupt, plain)).toBe(0);
        expect(Math.abs(probabilityChange(1)(patched, plain))).toBeLessThanOrEqual(1);
      }),
    );
  });

  test('of two even classes', () => {
    const plain = { clean: [0, Math.log(3)], corrupt: [0, 0] };
    expect(probabilityChange(1)(plain.clean, plain)).toBeCloseTo(0.25, 12);
    const divergence = 0.25 * Math.log(0.5) + 0.75 * Math.log(1.5);
    expect(divergenceFromClean(plain.corrupt, plain)).toBeCloseTo(divergence, 12);
  });

  test('a pair that does not differ cannot be normalized', () => {
    const plain = { clean: [1, 0], corrupt: [2, 1] };
    expect(() => normalized(logitDifference(0, 1))([0, 0], plain)).toThrow(EqualPairError);
  });
});

test('a grid has a node for each combination, the last axis fastest', () => {
  const point = { axes: ['position', 'head', 'channel'] as const, shape: [2, 3, 4] };
  expect(gridNodes(point, 'heads', 'positions')).toEqual(
    [0, 1, 2].flatMap((head) => [0, 1].map((position) => ({ heads: [head], positions: [position] }))),
  );
});
