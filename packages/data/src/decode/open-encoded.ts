import sharp, { type Sharp } from 'sharp';
import { pixelLimit } from '../import/limits.ts';

/** An image file, refused where it is broken: the same images are then broken at import and later. */
export const openEncoded = (bytes: Uint8Array): Sharp =>
  sharp(bytes, { failOn: 'error', limitInputPixels: pixelLimit });
