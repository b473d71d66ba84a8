/** Where images are imported from: files one after the other, whatever holds them. Nothing is ever unpacked to disk. */
import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import path from 'node:path';
import { createGunzip } from 'node:zlib';
import { fileTypeFromBuffer, fileTypeFromFile } from 'file-type';
import { SourceError } from '../errors.ts';
import type { DatasetProblem } from '../manifest.ts';
import { readFolder } from './folder.ts';
import { readSingleFile } from './single-file.ts';
import { readTar } from './tar.ts';
import { readZip } from './zip.ts';

/** A file within what is imported; its path has forward slashes and is relative. */
export interface SourceFile {
  readonly path: string;
  readonly bytes: Uint8Array;
}

export type Found = SourceFile | { readonly problem: DatasetProblem };

export interface Source {
  readonly container: 'folder' | 'zip' | 'tar' | 'file';
  /** How many files there are, where that is known before they are read. */
  readonly count: number | null;
  files(): AsyncIterable<Found>;
}

/**
 * @param fileName of an upload, which lies on disk under another name
 * @throws SourceError
 */
export async function openSource(given: string, fileName = path.basename(given)): Promise<Source> {
  const found = await stat(given).catch((cause: Error) => {
    throw new SourceError('SOURCE_UNREADABLE', `${given} cannot be read: ${cause.message}`, {}, { cause });
  });
  if (found.isDirectory()) return readFolder(given);
  const type = await fileTypeFromFile(given);
  switch (type?.mime) {
    case 'application/zip':
      return readZip(given);
    case 'application/x-tar':
      return readTar(given, { gzip: false });
    case 'application/gzip':
      return (await holdsTar(given)) ? readTar(given, { gzip: true }) : readSingleFile(given, fileName);
    case 'application/x-bzip2':
    case 'application/x-xz':
    case 'application/x-7z-compressed':
    case 'application/x-rar-compressed':
    case 'application/zstd':
      throw new SourceError(
        'SOURCE_UNSUPPORTED',
        `${fileName} is a .${type.ext} archive, which is not read; repack it as .zip, .tar or .tar.gz`,
      );
    default:
      return readSingleFile(given, fileName);
  }
}

/** Enough of the content for its kind to be seen. */
const sampleBytes = 4100;

async function holdsTar(gzip: string): Promise<boolean> {
  const content = createReadStream(gzip).pipe(createGunzip());
  const sample: Buffer[] = [];
  let bytes = 0;
  try {
    for await (const chunk of content as AsyncIterable<Buffer>) {
      sample.push(chunk);
      bytes += chunk.byteLength;
      if (bytes >= sampleBytes) break;
    }
  } catch (cause) {
    throw new SourceError(
      'ARCHIVE_MALFORMED',
      `The archive cannot be read: ${(cause as Error).message}`,
      {},
      { cause },
    );
  }
  return (await fileTypeFromBuffer(Buffer.concat(sample)))?.mime === 'application/x-tar';
}
