/** Pictures of a whole grid, each cell at its place. */
import { imageBatches } from '@fovea/data';
import sharp, { type OverlayOptions } from 'sharp';
import type { GridPlan } from './plan.ts';
import type { SampleSource } from './samples.ts';

/** Pixels of a side of an example; there are two by two in a cell. */
const exampleSize = 64;

export async function iconSheet(
  { size, cells }: GridPlan,
  pixels: Uint8Array,
  side: number,
): Promise<Uint8Array> {
  const bytes = side * side * 3;
  const placed = cells.map(({ row, column }, index) =>
    tile(pixels.subarray(index * bytes, (index + 1) * bytes), side, column * side, row * side),
  );
  return sheet(size * side, placed);
}

/** What the network sees about the position of each example. */
export async function exampleSheet({ size, cells }: GridPlan, source: SampleSource): Promise<Uint8Array> {
  const wanted = new Map<number, { left: number; top: number; position: number }[]>();
  for (const { row, column, examples } of cells)
    for (const [index, { image, position }] of examples.entries()) {
      const left = (2 * column + (index % 2)) * exampleSize;
      const top = (2 * row + Math.floor(index / 2)) * exampleSize;
      wanted.set(image, [...(wanted.get(image) ?? []), { left, top, position }]);
    }
  const placed: OverlayOptions[] = [];
  const { dataset, split, model } = source;
  const indices = [...wanted.keys()].toSorted((a, b) => a - b);
  for await (const { pixels, indices: shown } of imageBatches(dataset, {
    split,
    input: model.preprocessing,
    batch: 1,
    indices,
  }))
    for (const { left, top, position } of wanted.get(shown[0]!)!)
      placed.push(tile(await crop(pixels, position, source), exampleSize, left, top));
  return sheet(2 * size * exampleSize, placed);
}

const tile = (pixels: Uint8Array, side: number, left: number, top: number): OverlayOptions => ({
  input: Buffer.from(pixels),
  raw: { width: side, height: side, channels: 3 },
  left,
  top,
});

function sheet(side: number, placed: OverlayOptions[]): Promise<Uint8Array> {
  const background = { r: 0, g: 0, b: 0, alpha: 0 };
  return sharp({ create: { width: side, height: side, channels: 4, background } })
    .composite(placed)
    .webp({ quality: 90 })
    .toBuffer();
}

/**
 * A square about a position: its receptive field, but no more than half of the image, since what lies far out hardly
 * counts and the crops of one image would all look alike.
 */
function crop(
  pixels: Float32Array,
  position: number,
  { model, input, grid }: SampleSource,
): Promise<Uint8Array> {
  const { height, width, mean } = model.preprocessing;
  const [rows, columns] = grid;
  const half = Math.floor(Math.min(height, width) / 2);
  const side = Math.min(model.hookPoint(input.layer).receptiveField?.size ?? half, half);
  const start = (place: number, places: number, length: number) =>
    Math.min(length - side, Math.max(0, Math.round(((place + 0.5) * length) / places - side / 2)));
  const bytes = Uint8Array.from(pixels, (value) => Math.round(255 * value));
  return sharp(bytes, { raw: { height, width, channels: mean.length === 1 ? 1 : 3 } })
    .extract({
      left: start(position % columns, columns, width),
      top: start(Math.floor(position / columns), rows, height),
      width: side,
      height: side,
    })
    .resize(exampleSize, exampleSize)
    .toColourspace('srgb')
    .raw()
    .toBuffer();
}
