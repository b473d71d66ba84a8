import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createFilesystemStore, type ObjectStore } from '@fovea/platform';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { fetchWeights } from './object-cache.ts';

let home: string;
let store: ObjectStore;
beforeAll(async () => {
  home = await mkdtemp(path.join(tmpdir(), 'fovea-weights-'));
  store = createFilesystemStore({
    directory: path.join(home, 'objects'),
    secret: 'only for tests, only for tests',
    baseUrl: '',
  });
});
afterAll(() => rm(home, { recursive: true }));

test('weights are fetched once, whoever asks, and stay when the store loses them', async () => {
  const { key } = await store.put(Buffer.from('weights'));
  const files = await Promise.all([1, 2, 3].map(() => fetchWeights(store, home, key)));
  expect(new Set(files).size).toBe(1);
  await store.delete(key);
  expect(await readFile(await fetchWeights(store, home, key), 'utf8')).toBe('weights');
});

test('weights that are missing are refused, and leave nothing half-written', async () => {
  await expect(fetchWeights(store, home, '0'.repeat(64))).rejects.toMatchObject({ code: 'OBJECT_NOT_FOUND' });
  const names = await readdir(path.join(home, 'cache', 'checkpoints'));
  expect(names.filter((name) => name.endsWith('.partial'))).toEqual([]);
});
