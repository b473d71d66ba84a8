/** Maps between the positions of two images that keep lines straight: rotations, and crops and flips after them. */
import { progressionOf, type SparseMap } from '../sparse-map.ts';

type Position = readonly [row: number, column: number];

/** Output position (row, column) shows input position origin + row · byRow + column · byColumn. */
export interface AffineMap {
  readonly origin: Position;
  readonly byRow: Position;
  readonly byColumn: Position;
}

export function positionIn({ origin, byRow, byColumn }: AffineMap, row: number, column: number): Position {
  return [
    origin[0] + row * byRow[0] + column * byColumn[0],
    origin[1] + row * byRow[1] + column * byColumn[1],
  ];
}

/** Around the middle of an image; `angle` in radians. */
export function rotation(angle: number, height: number, width: number): AffineMap {
  const [cos, sin] = [Math.cos(angle), Math.sin(angle)];
  const [middleY, middleX] = [(height - 1) / 2, (width - 1) / 2];
  return {
    origin: [middleY - sin * middleX - cos * middleY, middleX - cos * middleX + sin * middleY],
    byRow: [cos, -sin],
    byColumn: [sin, cos],
  };
}

/** Of the rows and columns that are chosen, one after another at equal distances; undefined for other choices. */
export function chosen(map: AffineMap, rows: SparseMap, columns: SparseMap): AffineMap | undefined {
  const [ofRows, ofColumns] = [progressionOf(rows), progressionOf(columns)];
  if (!ofRows || !ofColumns) return undefined;
  const times = ([row, column]: Position, factor: number): Position => [row * factor, column * factor];
  return {
    origin: positionIn(map, ofRows.start, ofColumns.start),
    byRow: times(map.byRow, ofRows.step),
    byColumn: times(map.byColumn, ofColumns.step),
  };
}
