import type { Random } from '@fovea/tensor';
import type { PositionGrid } from '../position-grid.ts';

/**
 * Positions that are no edge of the grid: there a network sees the border of the image. All of a grid without an inside.
 * @returns indices, row by row
 */
export function innerPositions([rows, columns]: PositionGrid): number[] {
  const inside = (place: number, length: number) => length < 3 || (place > 0 && place < length - 1);
  return Array.from({ length: rows * columns }, (_, index) => index).filter(
    (index) => inside(Math.floor(index / columns), rows) && inside(index % columns, columns),
  );
}

/** Some of them at random, each once. */
export function samplePositions(choices: readonly number[], count: number, random: Random): number[] {
  const left = [...choices];
  return Array.from({ length: Math.min(count, choices.length) }, () => {
    const [chosen] = left.splice(random.integer(left.length), 1);
    return chosen!;
  });
}
