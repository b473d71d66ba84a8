import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  addPages,
  bucketsOf,
  countValues,
  emptyHistogram,
  mergeHistogram,
  pagesOf,
  type FloatHistogram,
} from './float-histogram.ts';

const float = fc.float({ noNaN: true, noDefaultInfinity: true });
const floats = fc.array(float, { maxLength: 60 });

function histogramOf(values: readonly number[], unit = 0, units = 1): FloatHistogram {
  const histogram = emptyHistogram(units);
  countValues(histogram, unit, Float32Array.from(values));
  return histogram;
}

test('every value lies in a bucket that is at most a 64th as wide as it is large', () => {
  fc.assert(
    fc.property(float, (value) => {
      const [bucket, ...others] = bucketsOf(histogramOf([value]), 0);
      expect(others).toEqual([]);
      expect(bucket!.count).toBe(1);
      expect(value).toBeGreaterThanOrEqual(bucket!.low);
      expect(value).toBeLessThanOrEqual(bucket!.high);
      // Below the normal numbers widths are absolute.
      expect(bucket!.high - bucket!.low).toBeLessThanOrEqual(Math.max(Math.abs(value) / 64, 2 ** -131));
    }),
  );
});

test('buckets come in increasing order and count all values', () => {
  fc.assert(
    fc.property(floats, (values) => {
      const buckets = bucketsOf(histogramOf(values), 0);
      for (const [index, { high }] of buckets.slice(0, -1).entries())
        expect(buckets[index + 1]!.low).toBeGreaterThanOrEqual(high);
      expect(buckets.reduce((sum, { count }) => sum + count, 0)).toBe(values.length);
    }),
  );
});

test('merging counts as if one histogram had seen all values, in whatever order', () => {
  fc.assert(
    fc.property(floats, floats, (some, others) => {
      const merged = histogramOf(others, 1, 2);
      mergeHistogram(merged, histogramOf(some, 1, 2));
      expect(pagesOf(merged)).toEqual(pagesOf(histogramOf([...some, ...others], 1, 2)));
      const restored = emptyHistogram(2);
      addPages(restored, pagesOf(merged));
      expect(bucketsOf(restored, 1)).toEqual(bucketsOf(merged, 1));
      expect(bucketsOf(restored, 0)).toEqual([]);
    }),
  );
});
