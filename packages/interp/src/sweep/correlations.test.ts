import { expect, test } from 'vitest';
import { relatedUnits, unitCorrelations } from './correlations.ts';
import type { LayerSweep } from './layer-sweep.ts';

/** Of four units on five images: the second follows the first, the third runs against it, the fourth never varies. */
const first = [1, 2, 3, 4, 9];
const maximum = Float32Array.from(first.flatMap((value) => [value, 2 * value + 1, -value, 0.1]));
const layer = { units: 4, sample: { maximum } } as unknown as LayerSweep;

test('tell which units fire for the same images', () => {
  const correlations = unitCorrelations(layer);
  const expected = [
    [1, 1, -1, 0],
    [1, 1, -1, 0],
    [-1, -1, 1, 0],
    [0, 0, 0, 0],
  ];
  for (const [index, value] of expected.flat().entries()) expect(correlations[index]).toBeCloseTo(value, 6);
});

test('name the most alike and the most opposed, and no unit that never varies', () => {
  const { alike, opposed } = relatedUnits(unitCorrelations(layer), 4, 0, 5);
  expect(alike.map(({ unit }) => unit)).toEqual([1]);
  expect(opposed.map(({ unit }) => unit)).toEqual([2]);
});
