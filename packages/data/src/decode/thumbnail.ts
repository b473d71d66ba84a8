import type { DatasetImage } from '../dataset.ts';
import { openImage } from './decode-image.ts';

/** WebP, the longer side at most `side` pixels; small images are enlarged by whole pixels, so that they stay sharp. */
export async function thumbnail(image: DatasetImage, side: number): Promise<Uint8Array> {
  const opened = openImage(image).autoOrient();
  const small = image.encoding === 'raw' && Math.max(image.height, image.width) * 2 <= side;
  const kernel = small ? 'nearest' : 'lanczos3';
  return opened
    .resize(side, side, { fit: 'inside', kernel, withoutEnlargement: !small })
    .webp({ quality: 82 })
    .toBuffer();
}
