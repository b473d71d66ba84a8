import * as fc from 'fast-check';
import { expect, it } from 'vitest';
import { boxOf, positionAt, positionBeside } from './grid-position.ts';

const grid = [5, 7] as const;

it('finds each position again in the middle of its box', () => {
  fc.assert(
    fc.property(fc.nat({ max: 34 }), (position) => {
      const { left, top, width, height } = boxOf(grid, position);
      expect(positionAt(grid, (left + width / 2) / 100, (top + height / 2) / 100)).toBe(position);
    }),
  );
});

it('stays within the image, wherever the pointer is', () => {
  expect(positionAt(grid, -0.1, -3)).toBe(0);
  expect(positionAt(grid, 1, 1)).toBe(34);
});

it.each([
  ['ArrowRight', 0, 1],
  ['ArrowDown', 0, 7],
  ['ArrowLeft', 7, 7],
  ['ArrowUp', 3, 3],
  ['ArrowDown', 34, 34],
])('goes by %s from %i to %i', (key, from, to) => {
  expect(positionBeside(grid, from, key)).toBe(to);
});
