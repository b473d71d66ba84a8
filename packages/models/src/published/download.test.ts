import { createHash } from 'node:crypto';
import { existsSync, statSync } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import { beforeEach, describe, expect, test, vi } from 'vitest';
import { fileServer, type Misbehaviour } from '../testing/file-server.ts';
import { temporaryFolder } from '../testing/temporary-folder.ts';
import { download, type DownloadOptions } from './download.ts';
import { DownloadFailedError, WrongDownloadError } from './pull-errors.ts';

const folder = temporaryFolder();
const server = fileServer();

const contents = Buffer.from(Uint8Array.from({ length: 300_000 }, (_, index) => (index * 7919) >> 3));
const sha256 = createHash('sha256').update(contents).digest('hex');

let path: string;
let count = 0;

beforeEach(() => {
  path = folder.path(`file${count++}`);
  server.files.set('/weights', contents);
});

function fetchIt(options: DownloadOptions = {}): Promise<string> {
  return download(server.url('/weights'), path, { delayMs: 5, ...options });
}

const ranges = () => server.requests.map(({ range }) => range);

test('a file arrives whole, and nothing else is left', async () => {
  expect(await fetchIt({ expected: { sha256, bytes: contents.length } })).toBe(sha256);
  expect(await readFile(path)).toEqual(contents);
  expect([`${path}.part`, `${path}.part.json`].filter((each) => existsSync(each))).toEqual([]);
});

test('progress rises to the length', async () => {
  const seen: (number | undefined)[][] = [];
  await fetchIt({ onProgress: (...progress) => void seen.push(progress) });
  expect(seen[0]).toEqual([0, contents.length]);
  expect(seen.at(-1)).toEqual([contents.length, contents.length]);
  expect(seen.every(([bytes], index) => index === 0 || bytes! >= seen[index - 1]![0]!)).toBe(true);
});

test('what is there and right is not fetched again', async () => {
  await writeFile(path, contents);
  expect(await fetchIt({ expected: { sha256 } })).toBe(sha256);
  expect(server.requests).toEqual([]);
});

describe('a connection that breaks', () => {
  /** After `counts` bytes, one request after the other, once they are on the disk. */
  function breakAfter(...counts: number[]): Misbehaviour {
    const part = `${path}.part`;
    return {
      breaks: counts,
      beforeBreak: (position) =>
        vi.waitFor(() => expect(statSync(part).size).toBe(position), { timeout: 20_000, interval: 5 }),
    };
  }

  test('is resumed where it broke', async () => {
    server.misbehaviour = breakAfter(100_000, 50_000);
    expect(await fetchIt({ expected: { sha256 } })).toBe(sha256);
    const [first, second, third] = ranges();
    expect([first, second, third]).toEqual([undefined, 'bytes=100000-', 'bytes=150000-']);
  });

  test('is resumed by a later call', async () => {
    server.misbehaviour = breakAfter(100_000);
    await expect(fetchIt({ retries: 0 })).rejects.toThrow(DownloadFailedError);
    expect(existsSync(path)).toBe(false);
    expect(await fetchIt({ expected: { sha256 } })).toBe(sha256);
    expect(ranges()).toEqual([undefined, 'bytes=100000-']);
  });

  test('begins anew where the server knows no parts', async () => {
    server.misbehaviour = { ...breakAfter(100_000), ignoresRanges: true };
    expect(await fetchIt({ expected: { sha256 } })).toBe(sha256);
  });

  test('begins anew where the server does not say which file it was', async () => {
    server.misbehaviour = { ...breakAfter(100_000), anonymous: true };
    expect(await fetchIt({ expected: { sha256 } })).toBe(sha256);
    expect(ranges()).toEqual([undefined, undefined]);
  });

  test('begins anew where the file has changed since', async () => {
    server.files.set('/weights', Buffer.alloc(contents.length));
    server.misbehaviour = breakAfter(100_000);
    await expect(fetchIt({ retries: 0 })).rejects.toThrow(DownloadFailedError);
    server.files.set('/weights', contents);
    expect(await fetchIt({ expected: { sha256 } })).toBe(sha256);
  });

  test('begins anew where more is here than the file has', async () => {
    server.misbehaviour = breakAfter(100_000);
    await expect(fetchIt({ retries: 0 })).rejects.toThrow(DownloadFailedError);
    await writeFile(`${path}.part`, Buffer.alloc(contents.length + 1));
    expect(await fetchIt({ expected: { sha256 } })).toBe(sha256);
  });
});

describe('a server', () => {
  test('that is overloaded is asked again', async () => {
    server.misbehaviour.statuses = [503, 429];
    expect(await fetchIt()).toBe(sha256);
    expect(server.requests).toHaveLength(3);
  });

  test('that has no such file is asked once', async () => {
    server.files.clear();
    await expect(fetchIt()).rejects.toThrow(/answers 404/);
    expect(server.requests).toHaveLength(1);
  });

  test('that fails every time is given up', async () => {
    server.misbehaviour.statuses = [500, 500, 500];
    await expect(fetchIt({ retries: 2 })).rejects.toThrow(/answers 500/);
    expect(server.requests).toHaveLength(3);
  });

  test('that is not there is named with the reason', async () => {
    const nowhere = download('http://127.0.0.1:9/weights', path, { retries: 0 });
    await expect(nowhere).rejects.toThrow(DownloadFailedError);
    await expect(nowhere).rejects.toThrow(/127\.0\.0\.1:9.*fetch failed/s);
  });
});

describe('a file that is not what was published is deleted', () => {
  test.each([
    ['its hash', { sha256: '0'.repeat(64) }, 'sha256'],
    ['the beginning of its hash', { sha256: '12345678' }, 'sha256'],
    ['its length', { bytes: contents.length + 1 }, 'length'],
    ['its length in MiB', { mebibytes: 0.3 }, 'length'],
  ])('by %s', async (_, expected, measure) => {
    await expect(fetchIt({ expected })).rejects.toThrow(WrongDownloadError);
    expect(existsSync(path)).toBe(false);
    expect(existsSync(`${path}.part`)).toBe(false);
    await expect(fetchIt({ expected })).rejects.toThrow(`its ${measure} is`);
  });

  test('also if the server ends it early and in good order', async () => {
    server.files.set('/weights', contents.subarray(0, 1000));
    server.misbehaviour.chunked = true;
    await expect(fetchIt({ expected: { bytes: contents.length } })).rejects.toThrow(WrongDownloadError);
  });

  test('but not if it agrees as far as is published', async () => {
    const expected = {
      sha256: sha256.slice(0, 8),
      mebibytes: Number((contents.length / 2 ** 20).toFixed(3)),
    };
    expect(await fetchIt({ expected })).toBe(sha256);
  });
});
