import { expect, test } from 'vitest';
import { selectivities } from './selectivity.ts';

test('weighs down what fires less than the median of its layer, and that alone', () => {
  const layer = [
    { R: 1, peak: 0.1 },
    { R: 0.7, peak: 8 },
    { R: 0.5, peak: 2 },
    { R: 0, peak: 0 },
    { R: 0, peak: -1 },
  ];
  expect(selectivities(layer)).toEqual([0.05, 0.7, 0.5, 0, 0]);
  expect(selectivities(layer.slice(3))).toEqual([0, 0]);
});
