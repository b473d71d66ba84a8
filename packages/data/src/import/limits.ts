/** What is refused before it fills memory or disk. */
import path from 'node:path';
import { SourceError } from '../errors.ts';
import type { DatasetProblem } from '../manifest.ts';
import { isRecordFile } from './records.ts';

/** Bytes of one image file, and of a file of many images. */
const imageLimit = 64 * 2 ** 20;
const recordLimit = 2 ** 30;

/** Image formats hardly compress further: a ratio beyond this is a bomb, once it is large enough to do harm. */
const ratioLimit = 100;
const harmless = 2 ** 28;

/** Of an image, in pixels: 16,384 × 8,192. */
export const pixelLimit = 2 ** 27;

/** Files that cannot be read as images, beyond which what was given is no dataset. */
export const problemLimit = 10_000;

export function tooLarge(file: string, bytes: number): DatasetProblem | null {
  const limit = isRecordFile(file) ? recordLimit : imageLimit;
  if (bytes <= limit) return null;
  const message = `${bytes.toLocaleString('en')} bytes; ${limit.toLocaleString('en')} are the limit`;
  return { file, reason: 'too-large', message };
}

/** @throws SourceError ARCHIVE_BOMB */
export function refuseBomb(archive: string, packed: number, unpacked: number): void {
  if (unpacked <= harmless || unpacked <= ratioLimit * packed) return;
  throw new SourceError(
    'ARCHIVE_BOMB',
    `${path.basename(archive)} has ${packed.toLocaleString('en')} bytes and unpacks to more than ${unpacked.toLocaleString('en')}, ` +
      `over ${ratioLimit} times as many: no archive of images does`,
  );
}

/** @throws SourceError ARCHIVE_UNSAFE_PATH */
export function checkPath(file: string): string {
  const unsafe =
    file.includes('\\') || file.includes('\0') || path.posix.isAbsolute(file) || /^[a-z]:/i.test(file);
  if (!unsafe && !file.split('/').includes('..')) return path.posix.normalize(file);
  throw new SourceError(
    'ARCHIVE_UNSAFE_PATH',
    `The archive holds ${JSON.stringify(file)}, which leads out of it; archives of images do not`,
  );
}

/** What operating systems leave in folders and archives: no one's images. */
export const isSystemFile = (file: string): boolean =>
  file.split('/').some((part) => part.startsWith('.') || part === '__MACOSX') ||
  ['Thumbs.db', 'desktop.ini'].includes(path.posix.basename(file));
