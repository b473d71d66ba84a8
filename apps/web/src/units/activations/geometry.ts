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

/** How to place a picture in a square window so that the window shows the box, without distorting it. */
export function cropPlace(box: Place | null, input: Size): Place {
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
