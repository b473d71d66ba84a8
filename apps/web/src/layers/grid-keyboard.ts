/** Where a key leads from one tile of a grid. */

export interface GridShape {
  readonly columns: number;
  readonly count: number;
  readonly rowsInSight: number;
}

interface Pressed {
  readonly key: string;
  readonly ctrlKey: boolean;
  readonly metaKey: boolean;
  readonly altKey: boolean;
}

type Move = (index: number, shape: GridShape) => number;

const moves: Readonly<Record<string, Move>> = {
  ArrowLeft: (index) => index - 1,
  ArrowRight: (index) => index + 1,
  ArrowUp: (index, { columns }) => (index < columns ? index : index - columns),
  ArrowDown: (index, { columns, count }) => (index + columns < count ? index + columns : index),
  PageUp: (index, { columns, rowsInSight }) =>
    (index % columns) + columns * Math.max(0, Math.floor(index / columns) - rowsInSight),
  PageDown: (index, { columns, rowsInSight }) => index + columns * rowsInSight,
  Home: () => 0,
  End: (_, { count }) => count - 1,
};

/** Index of the tile to go to; null where the key means nothing here. */
export function gridStep(
  { key, ctrlKey, metaKey, altKey }: Pressed,
  index: number,
  shape: GridShape,
): number | null {
  const move = moves[key];
  if (!move || metaKey || altKey || (ctrlKey && key !== 'Home' && key !== 'End') || shape.count === 0)
    return null;
  return Math.max(0, Math.min(shape.count - 1, move(index, shape)));
}
