/** How the positions of a layer lie in the image, for drawing maps of them. */

/** Rows and columns. */
export type PositionGrid = readonly [number, number];

/**
 * Patches are square, so their rows and columns have the proportions of the image.
 * @param positionShape of the layer without its units; empty where a unit has a single value
 */
export function positionGrid(
  positionShape: readonly number[],
  image: { readonly height: number; readonly width: number },
): PositionGrid {
  const [rows = 1, columns] = positionShape;
  if (columns !== undefined) return [rows, columns];
  const down = Math.round(Math.sqrt((rows * image.height) / image.width));
  return rows % down === 0 ? [down, rows / down] : [1, rows];
}
