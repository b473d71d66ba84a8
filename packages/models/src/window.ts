/** Sizes and paddings of sliding windows, as TensorFlow and PyTorch define them. */
import type { Padding } from './hooked-model.ts';
import { InputTooSmallError } from './errors.ts';

/** A length along both axes, or [height, width]. */
export type Extent = number | readonly [number, number];

/** A padding, or PyTorch's `ceil_mode`: no padding but a last, incomplete window. */
export type WindowPadding = Padding | 'ceil';

/** [top, bottom, left, right], in positions. */
export type Edges = readonly [number, number, number, number];

export function pair(extent: Extent): [number, number] {
  return typeof extent === 'number' ? [extent, extent] : [extent[0], extent[1]];
}

/** The positions that `padding` adds around an input of [height, width]. */
export function edges(
  [height, width]: readonly [number, number],
  size: Extent,
  stride: Extent,
  padding: WindowPadding,
): Edges {
  if (typeof padding !== 'string') return padding;
  const [sizeY, sizeX] = pair(size);
  const [strideY, strideX] = pair(stride);
  return [...edgesOfAxis(height, sizeY, strideY, padding), ...edgesOfAxis(width, sizeX, strideX, padding)];
}

function edgesOfAxis(length: number, size: number, stride: number, padding: string): [number, number] {
  switch (padding) {
    case 'same': {
      const total = Math.max((Math.ceil(length / stride) - 1) * stride + size - length, 0);
      return [Math.floor(total / 2), Math.ceil(total / 2)];
    }
    case 'ceil':
      return [0, Math.max(Math.ceil((length - size) / stride) * stride + size - length, 0)];
    default:
      return [0, 0];
  }
}

/**
 * [height, width] of what a window makes of an input of [height, width].
 * @throws InputTooSmallError where no window fits
 */
export function windowed(
  input: readonly [number, number],
  size: Extent,
  stride: Extent,
  [top, bottom, left, right]: Edges,
): [number, number] {
  const [sizeY, sizeX] = pair(size);
  const [strideY, strideX] = pair(stride);
  const height = Math.floor((input[0] + top + bottom - sizeY) / strideY) + 1;
  const width = Math.floor((input[1] + left + right - sizeX) / strideX) + 1;
  if (height < 1 || width < 1) throw new InputTooSmallError(input, [sizeY, sizeX]);
  return [height, width];
}
