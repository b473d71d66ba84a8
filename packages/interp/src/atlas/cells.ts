/** A layout divided into the cells of a grid, and what the activations of a cell have in common. */

export interface Cell {
  readonly row: number;
  readonly column: number;
  /** Indices of its samples, ascending. */
  readonly members: readonly number[];
}

/**
 * @param points [samples, 2] in [0, 1]: to the right, and downwards
 * @param size of the grid, to a side
 * @param minimum cells with no more samples than this are left out
 * @returns row by row
 */
export function cellsOf(points: Float32Array, size: number, minimum: number): Cell[] {
  const members = new Map<number, number[]>();
  for (let sample = 0; 2 * sample < points.length; sample++) {
    const [column, row] = [0, 1].map((axis) =>
      Math.min(size - 1, Math.floor(points[2 * sample + axis]! * size)),
    );
    const cell = row! * size + column!;
    const own = members.get(cell);
    if (own) own.push(sample);
    else members.set(cell, [sample]);
  }
  return [...members]
    .filter(([, own]) => own.length > minimum)
    .toSorted(([a], [b]) => a - b)
    .map(([cell, own]) => ({ row: Math.floor(cell / size), column: cell % size, members: own }));
}

/** Over some rows of a matrix. @param values [rows, length] */
export function meanOf(values: Float32Array, length: number, rows: readonly number[]): Float64Array {
  const sum = new Float64Array(length);
  for (const row of rows) for (let at = 0; at < length; at++) sum[at] = sum[at]! + values[row * length + at]!;
  return sum.map((each) => each / rows.length);
}

/** Those whose direction is nearest to a mean, nearest first. */
export function mostTypical(
  values: Float32Array,
  mean: Float64Array,
  { members }: Pick<Cell, 'members'>,
  count: number,
): number[] {
  const cosine = (row: number) => {
    let [dot, squares] = [0, 0];
    for (let at = 0; at < mean.length; at++) {
      const value = values[row * mean.length + at]!;
      dot += value * mean[at]!;
      squares += value * value;
    }
    return squares > 0 ? dot / Math.sqrt(squares) : -Infinity;
  };
  const ranked = members.map((row) => ({ row, near: cosine(row) }));
  return ranked
    .toSorted((a, b) => b.near - a.near)
    .slice(0, count)
    .map(({ row }) => row);
}
