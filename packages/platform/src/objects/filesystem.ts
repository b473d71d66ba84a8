import { createHash, randomUUID } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { mkdir, open, readdir, rename, rm, stat, type FileHandle } from 'node:fs/promises';
import path from 'node:path';
import { PlatformError } from '../errors.ts';
import { resolveRange } from './byte-range.ts';
import { checkExpectedKey, checkKey, keyOf, objectNotFound } from './object-key.ts';
import type { ObjectContent, ObjectStore, StoredObject } from './object-store.ts';
import { signObjectUrl, type SigningSettings } from './signature.ts';

export interface FilesystemOptions extends SigningSettings {
  readonly directory: string;
}

/** Objects as files `ab/abcdef...`; half-written ones lie in `incoming/` and are never seen. */
export function createFilesystemStore(options: FilesystemOptions): ObjectStore {
  const { directory } = options;
  const fileOf = (key: string) => path.join(directory, checkKey(key).slice(0, 2), key);

  const head = async (key: string): Promise<StoredObject | null> => {
    const found = await stat(fileOf(key)).catch(ignoreMissing);
    return found ? { key, bytes: found.size } : null;
  };

  return {
    head,

    async put(content, { expectedKey } = {}) {
      if (content instanceof Uint8Array) {
        const key = keyOf(content);
        checkExpectedKey(key, expectedKey);
        const present = await head(key);
        if (present) return present;
      }
      const incoming = path.join(directory, 'incoming', randomUUID());
      await mkdir(path.dirname(incoming), { recursive: true });
      await removeAbandoned(path.dirname(incoming));
      try {
        const stored = await writeDurably(incoming, content);
        checkExpectedKey(stored.key, expectedKey);
        await moveDurably(incoming, fileOf(stored.key));
        return stored;
      } catch (error) {
        await rm(incoming, { force: true });
        throw isFull(error) ? storageFull(directory, error) : error;
      }
    },

    async get(key, range) {
      const found = await head(key);
      if (!found) throw objectNotFound(key);
      const { start, end } = resolveRange(found.bytes, range);
      // createReadStream has no empty range: an empty object is read to its end, which is at once.
      const stream = createReadStream(fileOf(key), end < start ? {} : { start, end });
      return { ...found, start, end, stream };
    },

    async *list() {
      for (const shard of await sortedEntries(directory)) {
        if (!/^[0-9a-f]{2}$/.test(shard)) continue;
        for (const key of await sortedEntries(path.join(directory, shard))) {
          const found = await head(key);
          if (found) yield found;
        }
      }
    },

    async delete(key) {
      await rm(fileOf(key), { force: true });
    },

    async signedUrl(key, urlOptions) {
      return signObjectUrl(key, urlOptions, options);
    },
  };
}

/** What a process left half-written when it was killed. No upload takes a day. */
async function removeAbandoned(incoming: string): Promise<void> {
  const dayAgo = Date.now() - 24 * 3_600_000;
  for (const name of await readdir(incoming)) {
    const file = path.join(incoming, name);
    const found = await stat(file).catch(ignoreMissing);
    if (found && found.mtimeMs < dayAgo) await rm(file, { force: true });
  }
}

/** On the disk, not merely in its cache, when this resolves. */
async function writeDurably(file: string, content: ObjectContent): Promise<StoredObject> {
  const hash = createHash('sha256');
  let bytes = 0;
  await using handle = await open(file, 'wx');
  for await (const chunk of content instanceof Uint8Array ? [content] : content) {
    hash.update(chunk);
    bytes += chunk.byteLength;
    await writeWhole(handle, chunk);
  }
  await handle.sync();
  return { key: hash.digest('hex'), bytes };
}

/** A nearly full disk takes part of a write without an error; the next one then says ENOSPC. */
async function writeWhole(handle: FileHandle, chunk: Uint8Array): Promise<void> {
  let written = 0;
  while (written < chunk.byteLength) written += (await handle.write(chunk, written)).bytesWritten;
}

/** The new name survives a power cut only once its folder has been synced. */
async function moveDurably(from: string, to: string): Promise<void> {
  const shard = path.dirname(to);
  const created = await mkdir(shard, { recursive: true });
  await rename(from, to);
  await syncDirectory(shard);
  if (created !== undefined) await syncDirectory(path.dirname(shard));
}

async function syncDirectory(directory: string): Promise<void> {
  await using handle = await open(directory, 'r');
  await handle.sync();
}

async function sortedEntries(directory: string): Promise<string[]> {
  return ((await readdir(directory).catch(ignoreMissing)) ?? []).toSorted();
}

const codeOf = (error: unknown) => (error as NodeJS.ErrnoException).code ?? '';

function ignoreMissing(error: unknown): null {
  if (codeOf(error) === 'ENOENT') return null;
  throw error;
}

export const isFull = (error: unknown) => ['ENOSPC', 'EDQUOT'].includes(codeOf(error));

export const storageFull = (directory: string, cause: unknown) =>
  new PlatformError('STORAGE_FULL', `No space left at ${directory}`, {}, { cause });
