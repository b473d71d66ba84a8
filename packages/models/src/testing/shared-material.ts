/** Reference data that lies beside the repository, not in it: tests that need it are skipped where it is absent. */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { tf } from '@fovea/tensor';
import sharp from 'sharp';

const folder = process.env.FOVEA_SHARED || fileURLToPath(new URL('../../../../../shared', import.meta.url));

export const sharedMaterial = {
  present: existsSync(folder),
  /** For the title of a test that is skipped. */
  note: existsSync(folder)
    ? ''
    : ` (skipped: no reference data in ${folder}; FOVEA_SHARED names another place)`,
  path: (...parts: string[]) => join(folder, ...parts),
  json: (...parts: string[]): unknown => JSON.parse(readFileSync(join(folder, ...parts), 'utf8')),
};

/** [1, height, width, 3] in [0, 1]; resized to `size`, if given, by a bicubic filter. */
export async function readImage(path: string, size?: number): Promise<tf.Tensor4D> {
  const image = size ? sharp(path).resize(size, size, { kernel: 'cubic' }) : sharp(path);
  const { data, info } = await image.removeAlpha().raw().toBuffer({ resolveWithObject: true });
  return tf.tidy(() => tf.tensor4d(new Float32Array(data), [1, info.height, info.width, 3]).div(255));
}
