/** Positions of a layer on the image, counted row by row. */

export type Grid = readonly [rows: number, columns: number];

/** Under a point, given in shares of the image from its upper left corner. */
export function positionAt([rows, columns]: Grid, x: number, y: number): number {
  const within = (share: number, count: number) =>
    Math.max(0, Math.min(count - 1, Math.floor(share * count)));
  return within(y, rows) * columns + within(x, columns);
}

/** Where a position lies, in percent of the image. */
export function boxOf([rows, columns]: Grid, position: number) {
  const [row, column] = [Math.floor(position / columns), position % columns];
  return {
    left: (100 * column) / columns,
    top: (100 * row) / rows,
    width: 100 / columns,
    height: 100 / rows,
  };
}

const steps: Readonly<Record<string, readonly [down: number, right: number]>> = {
  ArrowUp: [-1, 0],
  ArrowDown: [1, 0],
  ArrowLeft: [0, -1],
  ArrowRight: [0, 1],
};

/** The position beside one, or null where the key leads nowhere. */
export function positionBeside([rows, columns]: Grid, position: number, key: string): number | null {
  const step = steps[key];
  if (!step) return null;
  const [row, column] = [Math.floor(position / columns) + step[0], (position % columns) + step[1]];
  return row < 0 || row >= rows || column < 0 || column >= columns ? position : row * columns + column;
}
