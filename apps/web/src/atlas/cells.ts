import type { AtlasCell } from '@fovea/experiments/schema';

export interface Place {
  readonly row: number;
  readonly column: number;
}

export function cellAt(cells: readonly AtlasCell[], { row, column }: Place): AtlasCell | undefined {
  return cells.find((cell) => cell.row === row && cell.column === column);
}

const directions: Readonly<Record<string, readonly [down: number, right: number]>> = {
  ArrowUp: [-1, 0],
  ArrowDown: [1, 0],
  ArrowLeft: [0, -1],
  ArrowRight: [0, 1],
};

/**
 * Where an arrow key leads: the nearest cell that lies in its direction, one straight ahead before one aside. Undefined for
 * other keys, and where there is none.
 */
export function nextCell(cells: readonly AtlasCell[], from: Place, key: string): AtlasCell | undefined {
  const direction = directions[key];
  if (!direction) return undefined;
  const [down, right] = direction;
  const measured = cells.map((cell) => {
    const [y, x] = [cell.row - from.row, cell.column - from.column];
    return { cell, ahead: y * down + x * right, aside: Math.abs(y * right) + Math.abs(x * down) };
  });
  const [nearest] = measured
    .filter(({ ahead, aside }) => ahead > 0 && aside <= ahead)
    .toSorted((a, b) => a.ahead + 2 * a.aside - (b.ahead + 2 * b.aside));
  return nearest?.cell;
}
