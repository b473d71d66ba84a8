import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { cellsOf, meanOf, mostTypical } from './cells.ts';

const unit = fc.float({ min: 0, max: 1, noNaN: true });

test('every point of the square is in one cell, those of sparse cells in none', () => {
  fc.assert(
    fc.property(
      fc.array(fc.tuple(unit, unit), { maxLength: 200 }),
      fc.integer({ min: 1, max: 12 }),
      fc.integer({ min: 0, max: 5 }),
      (points, size, minimum) => {
        const flat = Float32Array.from(points.flat());
        const all = cellsOf(flat, size, 0);
        expect(all.flatMap(({ members }) => members).toSorted((a, b) => a - b)).toEqual([...points.keys()]);
        expect(cellsOf(flat, size, minimum)).toEqual(all.filter(({ members }) => members.length > minimum));
        for (const { row, column, members } of all)
          for (const member of members) {
            expect(Math.abs(points[member]![0] * size - column - 0.5)).toBeLessThanOrEqual(0.5001);
            expect(Math.abs(points[member]![1] * size - row - 0.5)).toBeLessThanOrEqual(0.5001);
          }
      },
    ),
  );
});

test('a mean is over the rows that are named, and the most typical row points its way', () => {
  const values = Float32Array.from([1, 0, 10, 10, 0, 1, 5, 6]);
  const mean = meanOf(values, 2, [0, 1, 3]);
  expect([...mean]).toEqual([16 / 3, 16 / 3]);
  expect(mostTypical(values, mean, { members: [0, 1, 3] }, 2)).toEqual([1, 3]);
});
