/** A circuit as it is drawn, on the page and in a file alike. */
import { divergingColor, type WeightKernel } from '@fovea/experiments/schema';
import { shownEdges, unitKey, type Circuit, type Position, type ShownEdge } from './circuit.ts';
import { NODE, TILE, type CircuitLayout } from './layout.ts';

export interface DrawnUnit extends Position {
  readonly key: string;
  readonly layer: string;
  readonly channel: number;
  readonly chosen: boolean;
  readonly label: string | null;
  readonly thumbnail: string | null;
}

export interface DrawnEdge extends ShownEdge {
  /** Of an SVG, from the lower edge of one unit through the kernel to the upper edge of the other. */
  readonly path: string;
  readonly end: Position;
  /** Middle of the kernel. */
  readonly tile: Position;
}

export interface Drawing {
  readonly units: readonly DrawnUnit[];
  /** Weakest first. */
  readonly edges: readonly DrawnEdge[];
}

export function drawingOf(circuit: Circuit, layout: CircuitLayout): Drawing {
  const { graph, known } = circuit;
  const placeOf = (key: string): Position => graph.positions[key] ?? layout.units.get(key) ?? { x: 0, y: 0 };
  return {
    units: graph.units.map(({ layer, channel, chosen }) => {
      const key = unitKey({ layer, channel });
      const { label = null, thumbnail = null } = known.get(key) ?? {};
      return { key, layer, channel, chosen, label, thumbnail, ...placeOf(key) };
    }),
    edges: shownEdges(graph).map((edge) => {
      const [from, to] = [unitKey(edge.from), unitKey(edge.to)];
      const isMoved = from in graph.positions || to in graph.positions;
      const tile = isMoved ? undefined : layout.tiles.get(edge.key);
      return { ...edge, ...routed(placeOf(from), placeOf(to), tile) };
    }),
  };
}

function routed(from: Position, to: Position, given: Position | undefined) {
  const start = { x: from.x + NODE.width / 2, y: from.y + NODE.height };
  const end = { x: to.x + NODE.width / 2, y: to.y };
  const tile = given ?? { x: (start.x + end.x) / 2, y: (start.y + end.y) / 2 };
  const bend = (a: Position, b: Position) => Math.max(12, Math.abs(b.y - a.y) / 2);
  const [above, below] = [bend(start, tile), bend(tile, end)];
  const path =
    `M${start.x} ${start.y}C${start.x} ${start.y + above} ${tile.x} ${tile.y - above} ${tile.x} ${tile.y}` +
    `C${tile.x} ${tile.y + below} ${end.x} ${end.y - below} ${end.x} ${end.y}`;
  return { path, end, tile };
}

/** In pixels. */
export const edgeWidth = ({ strength }: ShownEdge) => 1 + 5 * strength;

export interface Cell extends Position {
  readonly width: number;
  readonly height: number;
  readonly fill: string;
}

/** The cells of a kernel in a square of side TILE about the origin: blue inhibits, red excites, white is nothing. */
export function kernelCells({ height, width, values }: WeightKernel, largest: number): Cell[] {
  const side = TILE / Math.max(height, width);
  return values.map((value, index) => {
    const [red, green, blue] = divergingColor(largest > 0 ? value / largest : 0);
    return {
      x: (index % width) * side - (side * width) / 2,
      y: Math.floor(index / width) * side - (side * height) / 2,
      width: side,
      height: side,
      fill: `rgb(${red},${green},${blue})`,
    };
  });
}

/** Of the whole drawing, with a margin. */
export function extentOf({ units, edges }: Drawing) {
  const margin = 24;
  const xs = [...units.flatMap(({ x }) => [x, x + NODE.width]), ...edges.map(({ tile }) => tile.x)];
  const ys = [...units.flatMap(({ y }) => [y, y + NODE.height]), ...edges.map(({ tile }) => tile.y)];
  const [left, top] = [Math.min(...xs) - margin, Math.min(...ys) - margin];
  return { left, top, width: Math.max(...xs) + margin - left, height: Math.max(...ys) + margin - top };
}
