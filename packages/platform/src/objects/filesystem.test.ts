import { execFileSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { mkdtempSync, readdirSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { buffer } from 'node:stream/consumers';
import { afterAll, expect, test } from 'vitest';
import { isPlatformError } from '../errors.ts';
import { createFilesystemStore } from './filesystem.ts';
import { objectStoreContract } from './object-store.contract.ts';
import { verifySignature, type SignedQuery } from './signature.ts';

const settings = { secret: 'a secret for tests only', baseUrl: 'http://127.0.0.1:3000' };
const folder = mkdtempSync(path.join(os.tmpdir(), 'fovea-objects-'));
const store = createFilesystemStore({ ...settings, directory: path.join(folder, 'objects') });
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** What the API does with such a link. */
async function fetchSigned(url: string) {
  const { pathname, searchParams } = new URL(url);
  const key = pathname.slice('/objects/'.length);
  const query = Object.fromEntries(searchParams) as unknown as SignedQuery;
  try {
    verifySignature(key, query, settings);
  } catch (error) {
    if (!isPlatformError(error)) throw error;
    return { status: error.status, body: Buffer.alloc(0), mediaType: null };
  }
  return { status: 200, body: await buffer((await store.get(key)).stream), mediaType: query.mediaType };
}

objectStoreContract('filesystem', () => ({ store, fetch: fetchSigned }));

test('a spelling of the signature other than the one that was given out is refused', async () => {
  const { key } = await store.put(randomBytes(10));
  const url = await store.signedUrl(key, { expiresIn: 60, mediaType: 'image/png' });
  expect((await fetchSigned(`${url}=`)).status).toBe(403);
  expect((await fetchSigned(`${url}!`)).status).toBe(403);
});

test('what a killed process left half-written is removed after a day, and not before', async () => {
  const incoming = path.join(folder, 'objects', 'incoming');
  const [old, fresh] = [path.join(incoming, 'old'), path.join(incoming, 'fresh')];
  for (const file of [old, fresh]) writeFileSync(file, 'half');
  const yesterday = Date.now() / 1000 - 25 * 3_600;
  utimesSync(old, yesterday, yesterday);
  await store.put(randomBytes(10));
  expect(readdirSync(incoming)).toEqual(['fresh']);
});

/** Only root may have one. */
function mountSmallDisk(): string | undefined {
  const disk = mkdtempSync(path.join(os.tmpdir(), 'fovea-disk-'));
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=256k', 'tmpfs', disk], { stdio: 'ignore' });
    return disk;
  } catch {
    rmSync(disk, { recursive: true });
    return undefined;
  }
}

const disk = mountSmallDisk();
afterAll(() => {
  if (!disk) return;
  execFileSync('umount', [disk]);
  rmSync(disk, { recursive: true });
});

test.skipIf(!disk)(
  'a full disk says so and keeps nothing half-written (needs to mount a small one)',
  async () => {
    const small = createFilesystemStore({ ...settings, directory: disk! });
    const { key } = await small.put(randomBytes(100_000));
    await expect(small.put(randomBytes(1_000_000))).rejects.toMatchObject({ code: 'STORAGE_FULL' });
    expect((await Array.fromAsync(small.list())).map((object) => object.key)).toEqual([key]);
    expect(readdirSync(path.join(disk!, 'incoming'))).toEqual([]);
    await small.put(randomBytes(50_000));
  },
);
