import { tf } from '@fovea/tensor';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import sharp from 'sharp';
import { badInput } from './exit-codes.ts';

/** As many as tell something, and fit into memory. */
const most = 16;

/** The first images of a folder by name, cropped to the size: [batch, height, width, 3] in [0, 1]. */
export async function readImages(folder: string, height: number, width: number): Promise<tf.Tensor4D> {
  const entries = await readdir(folder).catch((error: Error) => {
    throw badInput(`--images cannot be read: ${error.message}`);
  });
  const names = entries.filter((name) => /\.(jpe?g|png|webp)$/i.test(name)).sort();
  if (names.length === 0) throw badInput(`${folder} holds no JPEG, PNG or WebP images`);
  const pixels = await Promise.all(
    names
      .slice(0, most)
      .map((name) =>
        sharp(join(folder, name))
          .rotate()
          .resize(width, height)
          .flatten()
          .toColourspace('srgb')
          .raw()
          .toBuffer(),
      ),
  );
  const shape: [number, number, number, number] = [pixels.length, height, width, 3];
  return tf.tidy(() => tf.tensor4d(Buffer.concat(pixels), shape, 'float32').div(255));
}
