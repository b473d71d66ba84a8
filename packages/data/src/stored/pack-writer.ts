/** Images one after the other in files of bounded size, so that any object store takes them. */
import { createHash, type Hash } from 'node:crypto';
import { open, type FileHandle } from 'node:fs/promises';
import path from 'node:path';

/** Beyond this another file is begun. */
const packLimit = 2 ** 30;

export interface StoredObject {
  readonly sha256: string;
  readonly bytes: number;
}

/** Where an image lies. */
export interface Place {
  /** Which of the files. */
  readonly pack: number;
  readonly offset: number;
  readonly length: number;
}

export interface PackWriter {
  append(bytes: Uint8Array): Promise<Place>;
  /** Flushes to the disk; the packs in their order. */
  finish(): Promise<StoredObject[]>;
  /** Closes what is open. */
  close(): Promise<void>;
}

export const packName = (pack: number): string => `pack-${String(pack).padStart(4, '0')}.bin`;

export function createPackWriter(folder: string, limit = packLimit): PackWriter {
  const finished: StoredObject[] = [];
  let current: { file: FileHandle; hash: Hash; bytes: number } | null = null;

  async function finishCurrent(): Promise<void> {
    if (!current) return;
    const { file, hash, bytes } = current;
    current = null;
    await file.sync();
    await file.close();
    finished.push({ sha256: hash.digest('hex'), bytes });
  }

  return {
    async append(bytes) {
      if (current && current.bytes + bytes.byteLength > limit) await finishCurrent();
      current ??= {
        file: await open(path.join(folder, packName(finished.length)), 'wx'),
        hash: createHash('sha256'),
        bytes: 0,
      };
      const place = { pack: finished.length, offset: current.bytes, length: bytes.byteLength };
      await current.file.writeFile(bytes);
      current.hash.update(bytes);
      current.bytes += bytes.byteLength;
      return place;
    },
    async finish() {
      await finishCurrent();
      return finished;
    },
    async close() {
      await current?.file.close();
      current = null;
    },
  };
}
