/**
 * A network is deep and a screen is wide: a tall layout is cut between its rows, and the pieces stand side by side as
 * columns of text do. An edge that is cut goes down, up through the gutter, and on from the top of the next column.
 */
import type { Box, Layout, Point } from './layout.ts';

/** Of parallel edges, in pixels. */
const TRACK = 8;
/** Between a column and the nearest edge beside, below or above it. */
const GAP = 28;
/** Share of its size that a graph may keep for another column to pay. */
const WORTH = 0.92;
/** Below a row the layout leaves edges straight for longer than this. */
const CUT = 4;

/** What stands side by side, with the edges that go on from there. */
interface Row {
  readonly top: number;
  readonly bottom: number;
  readonly left: number;
  readonly right: number;
  /** Where edges cross the cut below it, by edge. */
  readonly crossings: ReadonlyMap<string, number>;
}

interface Column {
  readonly rows: readonly Row[];
  readonly top: number;
  readonly bottom: number;
  readonly left: number;
  readonly right: number;
  /** Of the edges that are cut below it, from right to left. */
  readonly tracks: readonly string[];
}

/**
 * @param outermost the nodes that lie in no block
 * @param aspectRatio width over height of the canvas that the columns should fill
 */
export function fold(layout: Layout, outermost: readonly string[], aspectRatio: number): Layout {
  const rows = rowsOf(layout, outermost);
  const columns = bestColumns(rows, aspectRatio);
  const places = placesOf(columns);
  const columnAt = (y: number) => {
    const index = columns.findIndex(({ bottom }) => y <= bottom + CUT);
    return index === -1 ? columns.length - 1 : index;
  };
  const moved = ({ x, y }: Point, column: number): Point => ({
    x: x + places.offsets[column]!.x,
    y: y + places.offsets[column]!.y,
  });
  const boxes = new Map(layout.boxes);
  for (const id of outermost) {
    const box = layout.boxes.get(id)!;
    boxes.set(id, { ...box, ...moved(box, columnAt(box.y)) });
  }
  const routes = new Map(
    [...layout.routes].map(([id, corners]) => [
      id,
      foldRoute(id, corners, { columns, places, columnAt, moved }),
    ]),
  );
  return { width: places.width, height: places.height, boxes, routes };
}

function rowsOf({ boxes, routes }: Layout, outermost: readonly string[]): Row[] {
  const sorted = outermost.map((id) => boxes.get(id)!).toSorted((a, b) => a.y - b.y);
  const groups: Box[][] = [];
  let bottom = -Infinity;
  for (const box of sorted) {
    if (box.y > bottom) groups.push([box]);
    else groups.at(-1)!.push(box);
    bottom = Math.max(bottom, box.y + box.height);
  }
  const bottoms = groups.map((group) => Math.max(...group.map(({ y, height }) => y + height)));
  return groups.map((group, index) => {
    const end = bottoms[index]!;
    const crossings = new Map<string, number>();
    const xs = group.flatMap(({ x, width }) => [x, x + width]);
    for (const [id, corners] of routes) {
      const crossing = crossingOf(corners, end + CUT);
      if (crossing !== undefined) crossings.set(id, crossing);
      xs.push(
        ...corners.filter(({ y }) => y > (bottoms[index - 1] ?? -Infinity) && y <= end).map(({ x }) => x),
      );
    }
    xs.push(...crossings.values());
    return { top: group[0]!.y, bottom: end, left: Math.min(...xs), right: Math.max(...xs), crossings };
  });
}

/** Where an edge passes a height. */
function crossingOf(corners: readonly Point[], y: number): number | undefined {
  const index = corners.findIndex((from, at) => {
    const to = corners[at + 1];
    return to !== undefined && Math.min(from.y, to.y) < y && y < Math.max(from.y, to.y);
  });
  return corners[index]?.x;
}

/** As many as make the whole appear largest; another column must be worth its gutter. */
function bestColumns(rows: readonly Row[], aspectRatio: number): Column[] {
  const extent = (columns: readonly Column[]) => {
    const { width, height } = placesOf(columns);
    return Math.max(width / aspectRatio, height);
  };
  const choices = rows.map((_, index) => columnsOf(rows, index + 1));
  return choices.reduce((best, choice) => (extent(choice) < WORTH * extent(best) ? choice : best));
}

/** Into about so many columns of about the same height. */
function columnsOf(rows: readonly Row[], count: number): Column[] {
  const limit = rows.reduce((sum, row) => sum + row.bottom - row.top + GAP, 0) / count;
  const groups: Row[][] = [];
  for (const row of rows) {
    const [first] = groups.at(-1) ?? [];
    // The half that overhangs keeps the last column from holding a remnant.
    if (first && (row.top + row.bottom) / 2 - first.top <= limit) groups.at(-1)!.push(row);
    else groups.push([row]);
  }
  return groups.map((group) => ({
    rows: group,
    top: group[0]!.top,
    bottom: group.at(-1)!.bottom,
    left: Math.min(...group.map(({ left }) => left)),
    right: Math.max(...group.map(({ right }) => right)),
    tracks: [...group.at(-1)!.crossings].toSorted(([, a], [, b]) => b - a).map(([id]) => id),
  }));
}

interface Places {
  readonly width: number;
  readonly height: number;
  /** How far the content of each column moves. */
  readonly offsets: readonly Point[];
  /** Left edge of the gutter behind each column. */
  readonly gutters: readonly number[];
}

function placesOf(columns: readonly Column[]): Places {
  const margin = GAP + TRACK * Math.max(...columns.slice(0, -1).map(({ tracks }) => tracks.length), 0);
  const offsets: Point[] = [];
  const gutters: number[] = [];
  let x = 0;
  for (const { left, right, top, tracks } of columns) {
    offsets.push({ x: x - left, y: (columns.length > 1 ? margin : 0) - top });
    gutters.push(x + right - left + GAP);
    x += right - left + 2 * GAP + TRACK * tracks.length;
  }
  const tallest = Math.max(...columns.map(({ top, bottom }) => bottom - top));
  const last = columns.at(-1)!;
  return {
    width: gutters.at(-1)! - GAP + (last.tracks.length > 0 ? GAP : 0),
    height: tallest + (columns.length > 1 ? 2 * margin : 0),
    offsets,
    gutters,
  };
}

interface Folding {
  readonly columns: readonly Column[];
  readonly places: Places;
  readonly columnAt: (y: number) => number;
  readonly moved: (point: Point, column: number) => Point;
}

function foldRoute(id: string, corners: readonly Point[], folding: Folding): Point[] {
  const { columnAt, moved } = folding;
  return corners.flatMap((corner, index) => {
    const column = columnAt(corner.y);
    const before = corners[index - 1];
    const from = before ? columnAt(before.y) : column;
    return [...passages(id, corner.x, from, column, folding), moved(corner, column)];
  });
}

/** The corners on the way from one column to another. */
function passages(id: string, x: number, from: number, to: number, folding: Folding): Point[] {
  if (to < from) return passages(id, x, to, from, folding).toReversed();
  return Array.from({ length: to - from }, (_, step) => passage(id, x, from + step, folding)).flat();
}

/** Edges further right turn first, so that none of them cross. */
function passage(id: string, x: number, index: number, { columns, places, moved }: Folding): Point[] {
  const { bottom, tracks } = columns[index]!;
  const track = tracks.indexOf(id);
  const start = moved({ x, y: bottom + CUT }, index);
  const end = moved({ x, y: columns[index + 1]!.top }, index + 1);
  const low = start.y + GAP / 2 + TRACK * track;
  const high = end.y - GAP / 2 - TRACK * (tracks.length - 1 - track);
  const gutter = places.gutters[index]! + TRACK * track;
  return [
    { x: start.x, y: low },
    { x: gutter, y: low },
    { x: gutter, y: high },
    { x: end.x, y: high },
  ];
}
