import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { buffer } from 'node:stream/consumers';
import { pipeline } from 'node:stream/promises';
import { createGunzip } from 'node:zlib';
import { extract, type Extract } from 'tar-stream';
import { DatasetError, SourceError } from '../errors.ts';
import { checkPath, isSystemFile, refuseBomb, tooLarge } from './limits.ts';
import type { Found, Source } from './source.ts';

/** The files of a tar archive, in the order in which they lie in it. */
export async function readTar(archive: string, { gzip }: { gzip: boolean }): Promise<Source> {
  const { size } = await stat(archive);
  return {
    container: 'tar',
    count: null,
    async *files() {
      const entries = extract();
      const content = createReadStream(archive);
      const guard = guardAgainstBombs(archive, size);
      const reading = gzip
        ? pipeline(content, createGunzip(), guard, entries)
        : pipeline(content, guard, entries);
      // Awaited below; until then the entries themselves report what is wrong.
      reading.catch(() => undefined);
      try {
        for await (const entry of entries) {
          const found = await readEntry(entry);
          if (found) yield found;
        }
        await reading;
      } catch (error) {
        throw error instanceof DatasetError ? error : malformed(error as Error);
      } finally {
        content.destroy();
      }
    },
  };
}

const guardAgainstBombs = (archive: string, packed: number) =>
  async function* (chunks: AsyncIterable<Uint8Array>) {
    let unpacked = 0;
    for await (const chunk of chunks) {
      unpacked += chunk.byteLength;
      refuseBomb(archive, packed, unpacked);
      yield chunk;
    }
  };

/** Null for what is no file of anyone's. Links are not followed: they could lead anywhere. */
type Entry = Extract extends AsyncIterable<infer Item> ? Item : never;

async function readEntry(entry: Entry): Promise<Found | null> {
  const { name, type, size } = entry.header;
  const file = checkPath(name);
  const isLink = type === 'symlink' || type === 'link';
  const problem = isLink
    ? ({ file, reason: 'unreadable', message: 'a link; only files are read' } as const)
    : tooLarge(file, size);
  if (type === 'directory' || isSystemFile(file) || problem) {
    entry.resume();
    return problem && !isSystemFile(file) ? { problem } : null;
  }
  return { path: file, bytes: await buffer(entry) };
}

const malformed = (cause: Error) =>
  new SourceError('ARCHIVE_MALFORMED', `The tar archive cannot be read: ${cause.message}`, {}, { cause });
