import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { bucketsOf, countValues, emptyHistogram } from './float-histogram.ts';
import { bars, quantiles } from './quantiles.ts';

const float = fc.float({ min: Math.fround(-1e6), max: Math.fround(1e6), noNaN: true });
/** As of a unit behind a ReLU: many of them exactly zero. */
const values = fc.array(fc.oneof(float, fc.constant(0)), { minLength: 1, maxLength: 80 });

function bucketed(given: readonly number[]) {
  const histogram = emptyHistogram(1);
  countValues(histogram, 0, Float32Array.from(given));
  const extent = { minimum: Math.min(...given), maximum: Math.max(...given) };
  return { buckets: bucketsOf(histogram, 0), extent };
}

/** NumPy's `quantile`. */
function exactQuantile(sorted: readonly number[], share: number) {
  const rank = share * (sorted.length - 1);
  const [low, high] = [sorted[Math.floor(rank)]!, sorted[Math.ceil(rank)]!];
  return {
    exact: low + (rank - Math.floor(rank)) * (high - low),
    near: Math.max(Math.abs(low), Math.abs(high)),
  };
}

test('a quantile is off by at most a 64th of the values next to it, and the ends are exact', () => {
  fc.assert(
    fc.property(values, fc.double({ min: 0, max: 1, noNaN: true }), (given, share) => {
      const sorted = given.toSorted((a, b) => a - b);
      const { buckets, extent } = bucketed(given);
      const [lowest, middle, highest] = quantiles(buckets, [0, share, 1], extent);
      expect([lowest, highest]).toEqual([sorted[0], sorted.at(-1)]);
      const { exact, near } = exactQuantile(sorted, share);
      expect(Math.abs(middle! - exact)).toBeLessThanOrEqual(near / 64 + 1e-30);
    }),
  );
});

test('bars hold all values that are not zero, where they belong', () => {
  fc.assert(
    fc.property(values, (given) => {
      const { buckets, extent } = bucketed(given);
      const zeros = given.filter((value) => Math.abs(value) < 2 ** -132).length;
      const counts = bars(buckets, 8, extent);
      const total = counts.reduce((sum, count) => sum + count, 0);
      expect(total).toBeCloseTo(extent.maximum > extent.minimum ? given.length - zeros : 0, 6);
      for (const count of counts) expect(count).toBeGreaterThanOrEqual(0);
    }),
  );
  const { buckets, extent } = bucketed([0, 0, 0, 1, 1, 3, 4]);
  expect(bars(buckets, 4, extent).map((count) => Math.round(count))).toEqual([0, 2, 0, 2]);
});
