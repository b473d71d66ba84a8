import type { ReceptiveField } from '@fovea/models';
import type { PositionGrid } from '../position-grid.ts';

/** In pixels of the image as the network reads it; `left` and `top` are the first pixels inside. */
export interface Box {
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
}

/** What a position of a layer can see, cut at the borders of the image. */
export function receptiveFieldBox(
  { size, stride, offset }: ReceptiveField,
  position: number,
  [, columns]: PositionGrid,
  image: { readonly height: number; readonly width: number },
): Box {
  const along = (place: number, length: number) => {
    const first = Math.round(offset + place * stride - (size - 1) / 2);
    const [start, end] = [Math.max(0, first), Math.min(length, first + size)];
    return { start, length: Math.max(0, end - start) };
  };
  const vertical = along(Math.floor(position / columns), image.height);
  const horizontal = along(position % columns, image.width);
  return {
    left: horizontal.start,
    top: vertical.start,
    width: horizontal.length,
    height: vertical.length,
  };
}
