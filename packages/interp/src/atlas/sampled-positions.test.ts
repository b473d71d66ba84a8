import { randomFor } from '@fovea/tensor';
import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { innerPositions, samplePositions } from './sampled-positions.ts';

test('no position is an edge', () => {
  expect(innerPositions([4, 5])).toEqual([6, 7, 8, 11, 12, 13]);
});

test('a grid without an inside has all of its positions', () => {
  expect(innerPositions([2, 2])).toEqual([0, 1, 2, 3]);
  expect(innerPositions([1, 1])).toEqual([0]);
});

test('positions are drawn each once, the same for the same seed', () => {
  fc.assert(
    fc.property(fc.integer(), fc.integer({ min: 1, max: 40 }), (seed, count) => {
      const choices = innerPositions([7, 7]);
      const draw = () => samplePositions(choices, count, randomFor(seed, 0, 'test'));
      const drawn = draw();
      expect(drawn).toEqual(draw());
      expect(new Set(drawn).size).toBe(Math.min(count, 25));
      expect(drawn.every((position) => choices.includes(position))).toBe(true);
    }),
  );
});
