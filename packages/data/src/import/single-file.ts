import { readdir, readFile, stat } from 'node:fs/promises';
import path from 'node:path';
import { SourceError } from '../errors.ts';
import { idxPartner } from './idx.ts';
import { isIndexFile } from './index-file.ts';
import { readFolder } from './folder.ts';
import { tooLarge } from './limits.ts';
import type { Source } from './source.ts';

/** An index file stands for the folder that it lies in; images in an idx file bring the labels that lie beside them. */
export async function readSingleFile(file: string, name: string): Promise<Source> {
  if (isIndexFile(name)) return readFolder(path.dirname(file));
  const partner = idxPartner(name);
  const beside = partner === null ? [] : await readdir(path.dirname(file));
  const names = [name, ...beside.filter((other) => partner?.(other))];
  return {
    container: 'file',
    count: names.length,
    async *files() {
      for (const one of names) {
        const full = one === name ? file : path.join(path.dirname(file), one);
        const problem = tooLarge(one, (await stat(full)).size);
        if (problem) throw new SourceError('SOURCE_UNREADABLE', `${one}: ${problem.message}`);
        yield { path: one, bytes: await readFile(full) };
      }
    },
  };
}
