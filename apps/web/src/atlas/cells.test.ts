import type { AtlasCell } from '@fovea/experiments/schema';
import { expect, test } from 'vitest';
import { cellAt, nextCell } from './cells.ts';

const cell = (row: number, column: number): AtlasCell => ({
  row,
  column,
  count: 9,
  units: [],
  classes: [],
  examples: [],
});
const cells = [cell(0, 0), cell(0, 3), cell(1, 1), cell(4, 3), cell(5, 0)];

test('a cell is found by its place', () => {
  expect(cellAt(cells, { row: 1, column: 1 })).toBe(cells[2]);
  expect(cellAt(cells, { row: 2, column: 2 })).toBeUndefined();
});

test.each([
  ['over empty cells', 0, 0, 'ArrowRight', cells[1]],
  ['aside where none is straight ahead', 1, 1, 'ArrowUp', cells[0]],
  ['down to a cell that is far', 0, 3, 'ArrowDown', cells[3]],
  ['not at all where there is none', 0, 0, 'ArrowLeft', undefined],
  ['not at all by another key', 0, 0, 'Enter', undefined],
])('an arrow leads %s', (_, row, column, key, expected) => {
  expect(nextCell(cells, { row, column }, key)).toBe(expected);
});
