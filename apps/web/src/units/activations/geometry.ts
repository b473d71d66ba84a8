/** Where on a picture of the model's input things lie, in percent of its sides. */
import type { Layer } from '@fovea/client';

export interface Place {
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
}

export interface Size {
  readonly width: number;
  readonly height: number;
}

/**
 * The values of a map stand over the pixels that they are computed about. Where that is not known, as in transformers,
 * the map covers the picture.
 */
export function mapPlace(
  field: Layer['receptiveField'],
  [rows, columns]: readonly [number, number],
  input: Size,
): Place {
  if (!field) return { left: 0, top: 0, width: 100, height: 100 };
  const start = field.offset + 0.5 - field.stride / 2;
  return {
    left: (100 * start) / input.width,
    top: (100 * start) / input.height,
    width: (100 * columns * field.stride) / input.width,
    height: (100 * rows * field.stride) / input.height,
  };
}

/**
 * What a position can see, in pixels: also what of it lies outside the picture, so that the position is always in the
 * middle. Null where that is not known, or more than the picture.
 */
export function fieldBox(
  field: Layer['receptiveField'],
  position: number,
  [, columns]: readonly [number, number],
  input: Size,
): Place | null {
  if (!field || field.size >= Math.max(input.width, input.height)) return null;
  const { size, stride, offset } = field;
  const start = (place: number) => offset + place * stride - (size - 1) / 2;
  const [left, top] = [start(position % columns), start(Math.floor(position / columns))];
  return { left, top, width: size, height: size };
}

/** How to place a picture in a square window so that the window shows the box, or all of the picture without one. */
export function windowPlace(box: Place | null, input: Size): Place {
  const { left, top, width, height } = box ?? { left: 0, top: 0, ...input };
  const side = Math.max(width, height);
  const [x, y] = [left - (side - width) / 2, top - (side - height) / 2];
  return {
    left: (-100 * x) / side,
    top: (-100 * y) / side,
    width: (100 * input.width) / side,
    height: (100 * input.height) / side,
  };
}
