/** One file over HTTP: resumed where an earlier attempt ended, and kept only if it is whole. */
import { createWriteStream, existsSync } from 'node:fs';
import { mkdir, open, readFile, rename, rm, stat } from 'node:fs/promises';
import { dirname } from 'node:path';
import { Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import pRetry, { AbortError } from 'p-retry';
import { z } from 'zod';
import { sha256OfFile } from '../model.ts';
import { writeAtomically } from '../write-atomically.ts';
import { DownloadFailedError, WrongDownloadError } from './pull-errors.ts';

export interface Expected {
  readonly bytes?: number;
  /** As published, to three decimals. */
  readonly mebibytes?: number;
  /** All of it, or its beginning. */
  readonly sha256?: string;
}

export interface DownloadOptions {
  readonly expected?: Expected;
  /** @param total undefined where the server does not tell */
  readonly onProgress?: (bytes: number, total: number | undefined) => void;
  /** After the first attempt. */
  readonly retries?: number;
  /** Before the first retry; it doubles with each. */
  readonly delayMs?: number;
}

/** What tells whether the rest of a partial file still belongs to its beginning. */
const partialSchema = z.object({ url: z.string(), validator: z.string() });

/**
 * Downloads to `path`, by way of `<path>.part`, which stays for the next attempt when this one is interrupted. What
 * is there already and is what was published is not downloaded again.
 * @returns the sha256
 * @throws DownloadFailedError, WrongDownloadError
 */
export async function download(url: string, path: string, options: DownloadOptions = {}): Promise<string> {
  const { expected = {}, retries = 4, delayMs = 1000 } = options;
  const part = `${path}.part`;
  if (expected.sha256 && existsSync(path)) return verify(url, path, expected);
  await mkdir(dirname(path), { recursive: true });
  await pRetry(() => attempt(url, part, options), {
    retries,
    minTimeout: delayMs,
    // Without a network no name is known, and asking again does not help.
    shouldRetry: ({ error }) => (error.cause as NodeJS.ErrnoException | undefined)?.code !== 'ENOTFOUND',
  }).catch((error: Error) => {
    throw error instanceof DownloadFailedError
      ? error
      : new DownloadFailedError(url, reasonOf(error), { cause: error });
  });
  const sha256 = await verify(url, part, expected);
  await rename(part, path);
  await rm(recordOf(part), { force: true });
  return sha256;
}

/** Downloads what is not there yet. */
async function attempt(url: string, part: string, { onProgress = () => {} }: DownloadOptions): Promise<void> {
  const { bytes: have, validator } = await partial(url, part);
  const response = await fetch(url, {
    headers: {
      // Compressed on the way, a file could not be resumed by position.
      'accept-encoding': 'identity',
      ...(have > 0 && { range: `bytes=${have}-`, 'if-range': validator }),
    },
  });
  if (response.status === 416) {
    await rm(part, { force: true });
    throw new Error('the part that is already here does not fit the file any more');
  }
  if (!response.ok || !response.body) throw refusal(url, response);
  const resumed = response.status === 206;
  if (resumed && rangeStart(response) !== have)
    throw new Error('the server sent another part than was asked for');
  await record(url, part, response);

  const begin = resumed ? have : 0;
  const length = lengthOf(response);
  const total = length === undefined ? undefined : begin + length;
  let received = begin;
  onProgress(received, total);
  const counted = new Transform({
    transform(chunk: Buffer, _, done) {
      received += chunk.length;
      onProgress(received, total);
      done(null, chunk);
    },
  });
  await pipeline(response.body, counted, createWriteStream(part, { flags: resumed ? 'a' : 'w' }));
  if (total !== undefined && received !== total)
    throw new Error(`it ended after ${received} of ${total} bytes`);
}

/** What an earlier attempt at the same file left. Without a validator, nobody knows whether it is the same. */
async function partial(url: string, part: string): Promise<{ bytes: number; validator: string }> {
  try {
    const [{ size }, text] = await Promise.all([stat(part), readFile(recordOf(part), 'utf8')]);
    const known = partialSchema.parse(JSON.parse(text));
    if (known.url === url) return { bytes: size, validator: known.validator };
  } catch {
    // Nothing usable is there.
  }
  return { bytes: 0, validator: '' };
}

async function record(url: string, part: string, { headers }: Response): Promise<void> {
  const etag = headers.get('etag');
  // A weak tag does not promise the same bytes.
  const validator = etag && !etag.startsWith('W/') ? etag : headers.get('last-modified');
  if (validator) await writeAtomically(recordOf(part), JSON.stringify({ url, validator }));
  else await rm(recordOf(part), { force: true });
}

function recordOf(part: string): string {
  return `${part}.json`;
}

/** Asking again helps against overload, not against a file that is not there. */
function refusal(url: string, { status, statusText }: Response): Error {
  const fault = `the server answers ${status} ${statusText}`.trimEnd();
  const passing = status >= 500 || status === 408 || status === 429;
  return passing ? new Error(fault) : new AbortError(new DownloadFailedError(url, fault));
}

function rangeStart({ headers }: Response): number {
  return Number(/^bytes (\d+)-/.exec(headers.get('content-range') ?? '')?.[1] ?? NaN);
}

function lengthOf({ headers }: Response): number | undefined {
  const length = headers.get('content-length');
  return length === null ? undefined : Number(length);
}

function reasonOf(error: Error): string {
  const { cause } = error;
  return cause instanceof Error ? `${error.message} (${cause.message})` : error.message;
}

async function verify(url: string, part: string, expected: Expected): Promise<string> {
  const file = await open(part, 'r+');
  const { size } = await file.stat();
  await file.sync();
  await file.close();
  const wrong = async (measure: 'sha256' | 'length', wanted: string, found: string) => {
    await Promise.all([rm(part), rm(recordOf(part), { force: true })]);
    return new WrongDownloadError(url, measure, wanted, found);
  };
  const { bytes, mebibytes, sha256 } = expected;
  if (bytes !== undefined && size !== bytes) throw await wrong('length', `${bytes} bytes`, `${size} bytes`);
  if (mebibytes !== undefined && Math.abs(size / 2 ** 20 - mebibytes) > 0.001) {
    throw await wrong('length', `${mebibytes} MiB`, `${(size / 2 ** 20).toFixed(3)} MiB`);
  }
  const found = await sha256OfFile(part);
  if (sha256 && !found.startsWith(sha256)) throw await wrong('sha256', sha256, found);
  return found;
}
