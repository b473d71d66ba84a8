import { stat } from 'node:fs/promises';
import { buffer } from 'node:stream/consumers';
import { openPromise, type Entry, type ZipFile } from 'yauzl';
import { DatasetError, SourceError } from '../errors.ts';
import { checkPath, isSystemFile, refuseBomb, tooLarge } from './limits.ts';
import type { Found, Source } from './source.ts';

/** The files of a zip archive, by path. */
export async function readZip(archive: string): Promise<Source> {
  const zip = await openPromise(archive, { autoClose: false }).catch(refuse);
  const entries = await listEntries(zip).catch(refuse);
  const unpacked = entries.reduce((sum, { uncompressedSize }) => sum + uncompressedSize, 0);
  refuseBomb(archive, (await stat(archive)).size, unpacked);
  return {
    container: 'zip',
    count: entries.length,
    async *files() {
      try {
        for (const entry of entries) yield await readEntry(zip, entry);
      } finally {
        zip.close();
      }
    },
  };
}

async function listEntries(zip: ZipFile): Promise<Entry[]> {
  const entries: Entry[] = [];
  for await (const entry of zip.eachEntry()) {
    if (entry.fileName.endsWith('/')) continue;
    if (!isSystemFile(checkPath(entry.fileName))) entries.push(entry);
  }
  return entries.sort((a, b) => (a.fileName < b.fileName ? -1 : 1));
}

/** The reader checks that an entry is as long as the directory says, so that none can be a bomb by itself. */
async function readEntry(zip: ZipFile, entry: Entry): Promise<Found> {
  const file = checkPath(entry.fileName);
  const problem = tooLarge(file, entry.uncompressedSize);
  if (problem) return { problem };
  if (entry.isEncrypted())
    throw new SourceError('ARCHIVE_ENCRYPTED', `${file} is encrypted; repack the archive without a password`);
  try {
    return { path: file, bytes: await buffer(await zip.openReadStreamPromise(entry)) };
  } catch (error) {
    return { problem: { file, reason: 'damaged', message: (error as Error).message } };
  }
}

function refuse(cause: Error): never {
  if (cause instanceof DatasetError) throw cause;
  const unsafe = /absolute path|relative path|invalid characters/.test(cause.message);
  throw new SourceError(
    unsafe ? 'ARCHIVE_UNSAFE_PATH' : 'ARCHIVE_MALFORMED',
    `The zip archive cannot be read: ${cause.message}`,
    {},
    { cause },
  );
}
