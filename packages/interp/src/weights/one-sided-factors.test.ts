import { randomFor } from '@fovea/tensor';
import { expect, test } from 'vitest';
import { oneSidedFactors } from './one-sided-factors.ts';

const random = () => randomFor(3, 0, 'factors of a test');

/** Σ channels · positions */
function sumOfProducts(channels: readonly ArrayLike<number>[], positions: readonly ArrayLike<number>[]) {
  const [rows, columns] = [channels[0]!.length, positions[0]!.length];
  return Float32Array.from({ length: rows * columns }, (_, index) =>
    channels.reduce(
      (sum, group, factor) =>
        sum + group[Math.floor(index / columns)]! * positions[factor]![index % columns]!,
      0,
    ),
  );
}

test('finds the groups of channels of which weights are made', () => {
  const draw = random();
  // Each channel is of one group: then the factors are determined, up to their order.
  const channels = [0, 1, 2].map((factor) =>
    Float32Array.from({ length: 12 }, (_, channel) => (channel % 3 === factor ? 0.5 + draw.uniform() : 0)),
  );
  const positions = [4, 2, 1].map((size) => Float32Array.from({ length: 9 }, () => size * draw.normal()));
  const values = sumOfProducts(channels, positions);
  const factors = oneSidedFactors({ channels: 12, positions: 9, values });
  expect(factors.residual).toBeLessThan(0.01);
  factors.channels.forEach((group) => expect(group.every((share) => share >= 0)).toBe(true));
  const rebuilt = sumOfProducts(factors.channels, factors.positions);
  rebuilt.forEach((value, index) => expect(Math.abs(value - values[index]!)).toBeLessThan(0.1));
  const strongest = factors.channels[0]!;
  const ofOthers = strongest.filter((_, channel) => channel % 3 !== 0);
  expect(Math.max(...ofOthers)).toBeLessThan(0.05);
});

test('gives the same factors each time, the one that explains most first', () => {
  const draw = random();
  const values = Float32Array.from({ length: 20 * 25 }, () => draw.normal());
  const weights = { channels: 20, positions: 25, values };
  expect(oneSidedFactors(weights)).toEqual(oneSidedFactors(weights));
  const sizes = oneSidedFactors(weights).positions.map((map) => Math.hypot(...map));
  expect(sizes).toEqual(sizes.toSorted((a, b) => b - a));
});

test('of weights of zero nothing is left out', () => {
  const { residual, positions } = oneSidedFactors({ channels: 2, positions: 4, values: new Float32Array(8) });
  expect(residual).toBe(0);
  expect(positions.every((map) => map.every((value) => value === 0))).toBe(true);
});
