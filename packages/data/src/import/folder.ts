import type { Dirent } from 'node:fs';
import { readdir, readFile, stat } from 'node:fs/promises';
import path from 'node:path';
import { isSystemFile, tooLarge } from './limits.ts';
import type { Found, Source } from './source.ts';

/** All files of a folder and of those in it, by path. */
export async function readFolder(folder: string): Promise<Source> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const paths = entries
    .filter((entry) => !entry.isDirectory())
    .map((entry) => relativePath(folder, entry))
    .filter((file) => !isSystemFile(file))
    .sort();
  return {
    container: 'folder',
    count: paths.length,
    async *files() {
      for (const file of paths) yield await readOne(folder, file);
    },
  };
}

const relativePath = (folder: string, { parentPath, name }: Dirent) =>
  path.relative(folder, path.join(parentPath, name)).split(path.sep).join('/');

async function readOne(folder: string, file: string): Promise<Found> {
  const full = path.join(folder, ...file.split('/'));
  try {
    const { size } = await stat(full);
    const problem = tooLarge(file, size);
    return problem ? { problem } : { path: file, bytes: await readFile(full) };
  } catch (error) {
    return { problem: { file, reason: 'unreadable', message: (error as Error).message } };
  }
}
