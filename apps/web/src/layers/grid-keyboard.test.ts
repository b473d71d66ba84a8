import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { gridStep, type GridShape } from './grid-keyboard.ts';

const shape: GridShape = { columns: 4, count: 10, rowsInSight: 2 };
const press = (key: string, index: number, modifiers = {}) =>
  gridStep({ key, ctrlKey: false, metaKey: false, altKey: false, ...modifiers }, index, shape);

describe('the keyboard in a grid', () => {
  it.each([
    ['ArrowRight', 3, 4],
    ['ArrowLeft', 4, 3],
    ['ArrowDown', 1, 5],
    ['ArrowDown', 7, 7],
    ['ArrowUp', 2, 2],
    ['ArrowUp', 6, 2],
    ['PageDown', 0, 8],
    ['PageUp', 9, 1],
    ['Home', 7, 0],
    ['End', 0, 9],
  ])('%s leads from %i to %i', (key, from, to) => {
    expect(press(key, from)).toBe(to);
  });

  it('leaves other keys, and those of the browser, alone', () => {
    expect(press('Tab', 0)).toBeNull();
    expect(press('ArrowLeft', 3, { altKey: true })).toBeNull();
  });

  it('never leads out of the grid', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(
          'ArrowLeft',
          'ArrowRight',
          'ArrowUp',
          'ArrowDown',
          'PageUp',
          'PageDown',
          'Home',
          'End',
        ),
        fc.integer({ min: 1, max: 20 }),
        fc.integer({ min: 1, max: 500 }),
        fc.nat(),
        (key, columns, count, seed) => {
          const index = seed % count;
          const pressed = { key, ctrlKey: false, metaKey: false, altKey: false };
          const next = gridStep(pressed, index, { columns, count, rowsInSight: 3 })!;
          expect(next).toBeGreaterThanOrEqual(0);
          expect(next).toBeLessThan(count);
        },
      ),
    );
  });
});
