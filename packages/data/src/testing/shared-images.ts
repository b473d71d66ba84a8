/** Reference images that lie beside the repository, not in it: tests that need them are skipped where they are absent. */
import { existsSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const shared = process.env.FOVEA_SHARED || fileURLToPath(new URL('../../../../../shared', import.meta.url));
const folder = path.join(shared, 'images');

export const sharedImages = {
  present: existsSync(folder),
  /** For the title of a test that is skipped. */
  note: existsSync(folder) ? '' : ` (skipped: no images in ${folder}; FOVEA_SHARED names another place)`,
  path: (...parts: string[]) => path.join(folder, ...parts),
};
