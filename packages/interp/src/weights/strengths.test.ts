import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { strengthsOf, strongestInputs, strongestOf, strongestOutputs } from './strengths.ts';
import { relatedByWeights } from './weight-correlation.ts';
import { inputWeights, outputWeights } from './unit-matrix.ts';
import type { EffectiveWeights } from './effective-weights.ts';

/** Two branches of two units each, one of single weights and one of 1×3. */
function weightsOf(single: readonly number[], wide: readonly number[]): EffectiveWeights {
  const place = { stride: [1, 1] as const };
  return {
    from: 'before',
    to: 'after',
    inputs: 2,
    outputs: 4,
    sources: [{ name: 'before', start: 0, count: 2 }],
    route: 'composed',
    parts: [
      {
        ...place,
        name: 'a',
        start: 0,
        count: 2,
        height: 1,
        width: 1,
        offset: [0, 0],
        values: Float32Array.from(single),
      },
      {
        ...place,
        name: 'b',
        start: 2,
        count: 2,
        height: 1,
        width: 3,
        offset: [0, -1],
        values: Float32Array.from(wide),
      },
    ],
  };
}

const example = weightsOf([3, -1, 0, 2], [1, 2, 2, -3, 0, -4, 0, 0, 0, 1, -1, 0]);

describe('the strengths of connections', () => {
  it('are the norm and the sum of each kernel, whatever its size', () => {
    const { l2, sum } = strengthsOf(example);
    expect([...l2].map((value) => Number(value.toFixed(4)))).toEqual([3, 1, 0, 2, 3, 5, 0, 1.4142]);
    expect([...sum]).toEqual([3, -1, 0, 2, 5, -7, 0, 0]);
  });

  it('are ranked from either end, apart by sign, without what is weak', () => {
    const strengths = strengthsOf(example);
    const ranking = { by: 'l2', share: 0.5, most: 10 } as const;
    expect(strongestInputs(strengths, 2, ranking)).toEqual({
      excitatory: [{ channel: 0, l2: 3, sum: 5 }],
      inhibitory: [{ channel: 1, l2: 5, sum: -7 }],
    });
    expect(strongestInputs(strengths, 0, ranking).inhibitory).toEqual([]);
    expect(strongestOutputs(strengths, 0, ranking).excitatory.map(({ channel }) => channel)).toEqual([0, 2]);
    expect(strongestOutputs(strengths, 0, { ...ranking, most: 1 }).excitatory).toHaveLength(1);
    const { channels: inputs, values } = inputWeights(example, 2);
    expect(strongestOf({ inputs, values }, ranking)).toEqual(strongestInputs(strengths, 2, ranking));
  });

  it('keep the strongest, in order, and none below the share of it', () => {
    const vectors = fc.array(fc.float({ noNaN: true, min: -100, max: 100 }), { minLength: 1, maxLength: 30 });
    fc.assert(
      fc.property(vectors, fc.double({ min: 0, max: 1, noNaN: true }), (values, share) => {
        const weights = { inputs: values.length, values: Float32Array.from(values) };
        const { excitatory, inhibitory } = strongestOf(weights, { by: 'sum', share, most: 100 });
        const sizes = [...excitatory, ...inhibitory].map(({ sum }) => Math.abs(sum));
        const largest = Math.max(...weights.values.map(Math.abs));
        expect(Math.max(0, ...sizes)).toBe(largest);
        expect(sizes.every((size) => size >= share * largest)).toBe(true);
        for (const list of [excitatory, inhibitory])
          expect(list.map(({ sum }) => Math.abs(sum))).toEqual(
            list.map(({ sum }) => Math.abs(sum)).toSorted((a, b) => b - a),
          );
      }),
    );
  });
});

describe('the weights of one unit', () => {
  it('to its outputs lie where the offsets of their branches put them', () => {
    const { height, width, values } = outputWeights(example, 0);
    expect([height, width]).toEqual([1, 3]);
    expect([...values]).toEqual([0, 3, 0, 0, 0, 0, 1, 2, 2, 0, 0, 0]);
  });

  it('correlate with those of units built alike, within a branch', () => {
    const opposed = weightsOf([1, 2, -1, -2], [0, 1, 2, 3, 4, 5, 0, 2, 4, 6, 8, 10]);
    const related = relatedByWeights(opposed, 5);
    expect(related[0]).toEqual([{ channel: 1, correlation: expect.closeTo(-1, 5) as number }]);
    expect(related[2]).toEqual([{ channel: 3, correlation: expect.closeTo(1, 5) as number }]);
  });
});
