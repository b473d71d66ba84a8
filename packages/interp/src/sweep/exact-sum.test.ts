import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { addTo, canonicalSum, mergeInto, roundedSum, type ExactSum } from './exact-sum.ts';

const float = fc.float({ noNaN: true, noDefaultInfinity: true });

function sumOf(terms: readonly number[]): ExactSum {
  const sum: ExactSum = [];
  for (const term of terms) addTo(sum, term);
  return sum;
}

/** Of floats, which are all multiples of 2^-149. */
function exactly(terms: readonly number[]): bigint {
  return terms.reduce((sum, term) => sum + inUnits(term), 0n);
}

function inUnits(term: number): bigint {
  let [value, exponent] = [term, 0];
  while (!Number.isInteger(value)) [value, exponent] = [value * 2, exponent + 1];
  return BigInt(value) << BigInt(149 - exponent);
}

test('is the float64 nearest to the exact sum', () => {
  fc.assert(
    fc.property(fc.array(float), (terms) => {
      const exact = exactly(terms);
      // Number() of a large integer rounds to the nearest, halves to even; the power of two changes nothing.
      expect(roundedSum(sumOf(terms)) + 0).toBe((Number(exact) * 2 ** -100) / 2 ** 49 + 0);
    }),
  );
});

test('does not depend on order or grouping', () => {
  fc.assert(
    fc.property(fc.array(float), fc.array(float), (left, right) => {
      const merged = sumOf(left);
      mergeInto(merged, sumOf(right));
      expect(canonicalSum(merged)).toEqual(canonicalSum(sumOf([...right, ...left].toReversed())));
    }),
  );
});

test('keeps what float64 would lose', () => {
  expect(roundedSum(sumOf([2 ** 100, 1, -(2 ** 100)]))).toBe(1);
  expect(roundedSum(sumOf([1, 2 ** -53, 2 ** -106]))).toBe(1 + 2 ** -52);
});
