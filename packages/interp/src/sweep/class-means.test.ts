import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { addToClass, classMeans, classSelectivity, emptyClassSums, mergeClassSums } from './class-means.ts';

const image = fc.record({
  label: fc.integer({ min: 0, max: 2 }),
  value: fc.float({ min: -1e4, max: 1e4, noNaN: true }),
});
const images = fc.array(image, { maxLength: 40 });

function sumsOf(given: readonly { label: number; value: number }[]) {
  const sums = emptyClassSums(1, 3);
  for (const { label, value } of given) {
    sums.images[label]! += 1;
    addToClass(sums, 0, label, value);
  }
  return sums;
}

test('means of parts, merged in any order, are those of the whole to the last bit', () => {
  fc.assert(
    fc.property(images, images, (some, others) => {
      const merged = sumsOf(others);
      mergeClassSums(merged, sumsOf(some));
      expect(merged).toEqual(sumsOf([...some, ...others]));
    }),
  );
});

test('means are those of the values, highest first, of the classes that have images', () => {
  fc.assert(
    fc.property(images, (given) => {
      const means = classMeans(sumsOf(given), 0);
      expect(means.map(({ mean }) => mean)).toEqual(means.map(({ mean }) => mean).toSorted((a, b) => b - a));
      expect(new Set(means.map(({ label }) => label))).toEqual(new Set(given.map(({ label }) => label)));
      for (const { label, mean, images: count } of means) {
        const own = given.filter((each) => each.label === label);
        expect(count).toBe(own.length);
        expect(mean).toBeCloseTo(own.reduce((sum, { value }) => sum + value, 0) / own.length, 8);
      }
    }),
  );
});

test('selectivity is 0 for a unit that all classes drive alike, and 1 for one that fires for a single class', () => {
  const of = (...means: number[]) =>
    classSelectivity(means.map((mean, label) => ({ label, mean, images: 1 })));
  expect(of(2, 2, 2)).toBe(0);
  expect(of(5, 0, 0)).toBe(1);
  expect(of(3, 2, 0)).toBe(0.5);
  expect(of(3)).toBeNaN();
  expect(of(0, 0)).toBeNaN();
  expect(of(3, -1)).toBeNaN();
});
