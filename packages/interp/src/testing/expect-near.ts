import { expect } from 'vitest';

/** Within 1e-5 of the largest expected value: rounding. */
export function expectNear(actual: ArrayLike<number>, expected: ArrayLike<number>, tolerance = 1e-5): void {
  expect(actual.length).toBe(expected.length);
  let [worst, largest] = [0, 0];
  for (let index = 0; index < expected.length; index++) {
    worst = Math.max(worst, Math.abs(actual[index]! - expected[index]!));
    largest = Math.max(largest, Math.abs(expected[index]!));
  }
  expect(worst).toBeLessThanOrEqual(tolerance * largest);
}
