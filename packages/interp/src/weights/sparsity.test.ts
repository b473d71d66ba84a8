import { startBackend } from '@fovea/tensor';
import { randomFor } from '@fovea/tensor';
import * as fc from 'fast-check';
import { beforeAll, describe, expect, it, test } from 'vitest';
import { tinyModel } from '../testing/tiny-model.ts';
import { effectiveRank } from './effective-rank.ts';
import { effectiveWeights } from './effective-weights.ts';
import { compareWithNull, layerFigures, layerSparsity } from './layer-sparsity.ts';
import { cumulativeMass, sparsityNames, sparsityOf } from './sparsity.ts';
import { nullWeights } from './weight-nulls.ts';

beforeAll(async () => {
  await startBackend({ force: 'wasm', threads: 1 });
});

const vectors = fc
  .array(fc.integer({ min: -1000, max: 1000 }), { minLength: 4, maxLength: 60 })
  .filter((values) => new Set(values.map(Math.abs)).size > 2)
  .map((values) => Float32Array.from(values));

describe('measures of sparsity', () => {
  it('of one weight among zeros are those of a sparse vector, of equal ones those of a dense one', () => {
    const one = sparsityOf(Float32Array.from([0, 0, 0, -3, 0, 0, 0, 0, 0, 0]));
    expect(one).toMatchObject({ l0At10: 0.1, l0At30: 0.1, participationRatio: 1 });
    expect(one.gini).toBeCloseTo(0.9, 6);
    expect(one.hoyer).toBeCloseTo(1, 6);
    const equal = sparsityOf(Float32Array.from([2, -2, 2, -2]));
    expect(equal).toMatchObject({ l0At10: 1, l0At30: 1, participationRatio: 4, kurtosis: 1 });
    expect(equal.gini).toBeCloseTo(0, 6);
    expect(equal.hoyer).toBeCloseTo(0, 6);
  });

  it('stay the same however large the weights are', () => {
    fc.assert(
      fc.property(vectors, fc.constantFrom(0.25, 2, 8), (weights, factor) => {
        const [before, after] = [sparsityOf(weights), sparsityOf(weights.map((weight) => factor * weight))];
        for (const name of sparsityNames) expect(after[name]).toBeCloseTo(before[name], 4);
      }),
    );
  });

  it('are higher, and reach fewer weights, with zeros beside them', () => {
    fc.assert(
      fc.property(vectors, (weights) => {
        const wider = new Float32Array(2 * weights.length);
        wider.set(weights);
        const [before, after] = [sparsityOf(weights), sparsityOf(wider)];
        expect(after.gini).toBeGreaterThan(before.gini);
        expect(after.hoyer).toBeGreaterThan(before.hoyer - 1e-6);
        expect(after.l0At10).toBeCloseTo(before.l0At10 / 2, 6);
        expect(after.participationRatio).toBeCloseTo(before.participationRatio, 3);
      }),
    );
  });

  it('say nothing of weights of zero', () => {
    const { gini, kurtosis, l0At10 } = sparsityOf(new Float32Array(5));
    expect([gini, kurtosis, l0At10]).toEqual([Number.NaN, Number.NaN, Number.NaN]);
  });
});

test('the largest weights have the most of the mass', () => {
  expect(cumulativeMass(Float32Array.from([1, -6, 2, 1]), [0, 0.25, 0.5, 1])).toEqual([0, 0.6, 0.8, 1]);
});

test('a matrix has the effective rank of the directions that it uses alike', async () => {
  expect(await effectiveRank(Float32Array.from([1, 0, 0, 0, 1, 0]), 2)).toBeCloseTo(2, 5);
  expect(await effectiveRank(Float32Array.from([1, 2, 3, 2, 4, 6]), 2)).toBeCloseTo(1, 3);
});

describe('weights that nothing was learned by', () => {
  it('are normal, with the moments of each unit', async () => {
    const model = tinyModel();
    const weights = await effectiveWeights(model, 'image', 'conv');
    const [first, again, other] = [
      await nullWeights(model, weights, 'gaussian', 1),
      await nullWeights(model, weights, 'gaussian', 1),
      await nullWeights(model, weights, 'gaussian', 2),
    ];
    expect(first).toEqual(again);
    expect(first.parts[0]!.values).not.toEqual(other.parts[0]!.values);
    const shuffled = await nullWeights(model, weights, 'shuffled', 1);
    expect(shuffled.parts[0]!.values.toSorted()).toEqual(weights.parts[0]!.values.toSorted());
  });

  it('differ from a sparse layer, and not from a normal one', async () => {
    const model = tinyModel();
    const weights = await effectiveWeights(model, 'image', 'conv');
    const random = randomFor(5, 0, 'sparse weights');
    const [part] = weights.parts;
    const values = part!.values.map(() => (random.uniform() < 0.05 ? random.normal() : 0));
    const sparse = { ...weights, parts: [{ ...part!, values }] };
    const options = { of: 'weights' } as const;
    for (const [trained, isSparse] of [
      [weights, false],
      [sparse, true],
    ] as const) {
      const { gini } = layerFigures(await layerSparsity(trained, options));
      for (const kind of ['gaussian', 'untrained'] as const) {
        const drawing = { repetitions: 20, seed: 0 };
        const { figures } = await compareWithNull(model, trained, kind, drawing, options);
        const below = figures.filter((figure) => figure.gini < gini).length;
        expect(below === 20).toBe(isSparse);
      }
    }
  });
});
