import { open, type FileHandle } from 'node:fs/promises';
import type { Packs } from './stored-dataset.ts';

/** Packs on this machine's disk, each opened when it is first read. */
export function packFiles(paths: readonly string[]): Packs {
  const opened = new Map<number, Promise<FileHandle>>();
  const fileOf = (pack: number) => {
    const file = opened.get(pack) ?? open(paths[pack]!, 'r');
    opened.set(pack, file);
    return file;
  };
  return {
    async read({ pack, offset, length }) {
      const file = await fileOf(pack);
      const { buffer, bytesRead } = await file.read(Buffer.allocUnsafe(length), 0, length, offset);
      return buffer.subarray(0, bytesRead);
    },
    async close() {
      for (const file of opened.values()) await (await file).close();
      opened.clear();
    },
  };
}
