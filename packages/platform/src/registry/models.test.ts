import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { generators } from '@fovea/data';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Logger } from '../log.ts';
import { keyOf } from '../objects/object-key.ts';
import type { Platform } from '../platform.ts';
import { openTestPlatform, testManifest, testWeights } from '../testing/index.ts';
import { findModel, registerModel } from './models.ts';
import { ensureLocalOwner } from './owner.ts';
import { seedRegistry } from './seed.ts';

let platform: Platform;
let folder: string;
let weightsFile: string;
beforeAll(async () => {
  platform = await openTestPlatform();
  folder = await mkdtemp(path.join(os.tmpdir(), 'fovea-weights-'));
  weightsFile = path.join(folder, 'weights.safetensors');
  await writeFile(weightsFile, testWeights);
});
afterAll(async () => {
  await platform.close();
  await rm(folder, { recursive: true });
});

test('a model without its weights is refused', async () => {
  await expect(registerModel(platform, testManifest())).rejects.toMatchObject({ code: 'OBJECT_NOT_FOUND' });
});

test('weights other than those that the manifest names are refused', async () => {
  const checkpoint = { sha256: keyOf(Buffer.from('others')), bytes: 6, format: 'safetensors' as const };
  const registration = registerModel(platform, testManifest({ checkpoint }), weightsFile);
  await expect(registration).rejects.toMatchObject({ code: 'OBJECT_KEY_MISMATCH' });
});

test('a model is registered once, with its layers in the order of computation and its weights', async () => {
  const registered = await Promise.all(
    Array.from({ length: 4 }, () => registerModel(platform, testManifest(), weightsFile)),
  );
  expect(new Set(registered.map(({ id }) => id)).size).toBe(1);
  const model = await findModel(platform.db, 'tiny');
  expect(model.layers.map(({ name }) => name)).toEqual(['conv1', 'mixed1']);
  expect(model.checkpointBytes).toBe(testWeights.byteLength);
  expect(await platform.store.head(model.checkpointKey)).not.toBeNull();
});

test('a changed model under an old name is what the name means from then on', async () => {
  const digest = keyOf(Buffer.from('changed'));
  await registerModel(platform, testManifest({ digest }), weightsFile);
  expect((await findModel(platform.db, 'tiny')).digest).toBe(digest);
});

test('what ships with Fovea is known to a server once it has been seeded, however often', async () => {
  for (let time = 0; time < 2; time++) await seedRegistry(platform, platform.config.home);
  const datasets = await platform.db.dataset.findMany({ orderBy: { name: 'asc' } });
  expect(datasets.map(({ name }) => name)).toEqual(Object.keys(generators).sort());
});

test('damaged models of this machine are logged by name and file, and the others registered', async () => {
  const home = path.join(folder, 'home');
  const damages: [string, Record<string, string>][] = [
    ['broken', { 'model.json': '{"name": ' }],
    ['empty', {}],
    ['foreign', { 'model.json': JSON.stringify({ name: 'foreign' }) }],
  ];
  for (const [name, files] of damages) {
    await mkdir(path.join(home, 'models', name), { recursive: true });
    for (const [file, content] of Object.entries(files))
      await writeFile(path.join(home, 'models', name, file), content);
  }
  const logged: { model: string; err: Error }[] = [];
  const log = { error: (entry: (typeof logged)[number]) => logged.push(entry) } as unknown as Logger;
  await seedRegistry({ ...platform, log }, home);
  expect(logged.map(({ model }) => model)).toEqual(['broken', 'empty', 'foreign']);
  for (const { model, err } of logged)
    expect(err.message).toContain(path.join('models', model, 'model.json'));
  expect(await findModel(platform.db, 'fovea_mini')).toMatchObject({ architecture: 'fovea_mini' });
});

test('there is one local owner, whoever asks first', async () => {
  const owners = await Promise.all(Array.from({ length: 5 }, () => ensureLocalOwner(platform.db)));
  expect(new Set(owners.map(({ teamId, createdById }) => `${teamId} ${createdById}`)).size).toBe(1);
});
