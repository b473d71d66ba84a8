/** From a function of the pixel to the bytes of an image. */
import type { ImageSize } from '../dataset.ts';
import type { Rgb } from './parameters.ts';

/**
 * @param shade of the pixel at (x, y) from the origin: how much of `a` there is in it, 0 to 1; the rest is `b`
 * @param fade how much of `fadeColor` covers it, 0 to 1
 */
export function paint(
  { height, width }: ImageSize,
  shade: (x: number, y: number) => number,
  { a, b, fadeColor = b }: { readonly a: Rgb; readonly b: Rgb; readonly fadeColor?: Rgb },
  fade: (x: number, y: number) => number = () => 0,
): Uint8Array {
  const bytes = new Uint8Array(height * width * 3);
  const [left, top] = [-Math.floor(width / 2), -Math.floor(height / 2)];
  let at = 0;
  for (let y = top; y < top + height; y++) {
    for (let x = left; x < left + width; x++) {
      const share = Math.min(1, Math.max(0, shade(x, y)));
      const covered = fade(x, y);
      for (let channel = 0; channel < 3; channel++) {
        const mixed = share * a[channel]! + (1 - share) * b[channel]!;
        bytes[at++] = Math.round(255 * ((1 - covered) * mixed + covered * fadeColor[channel]!));
      }
    }
  }
  return bytes;
}
