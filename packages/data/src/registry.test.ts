import { readdir, writeFile } from 'node:fs/promises';
import { describe, expect, test } from 'vitest';
import { generators } from './generators.ts';
import { openDataset } from './open-dataset.ts';
import { findDataset, importDataset, listDatasetNames, removeDataset } from './registry.ts';
import { picture, writeFiles } from './testing/pictures.ts';
import { temporaryFolder } from './testing/temporary-folder.ts';

const folder = temporaryFolder();

const source = async (seed: number) => writeFiles(await folder.fresh(), { 'a/1.png': await picture(seed) });

describe('the datasets of a machine', () => {
  test('are those that ship with Fovea, and those that were imported', async () => {
    const home = await folder.fresh();
    await importDataset(await source(1), home, { name: 'mine', license: 'CC0-1.0' });
    expect(await listDatasetNames(home)).toEqual([...Object.keys(generators), 'mine']);
    const { manifest, files, shipped } = await findDataset('mine', home);
    expect([manifest.license, shipped]).toEqual(['CC0-1.0', false]);
    const dataset = await openDataset(manifest, files);
    expect(await dataset.image('all', 0)).toMatchObject({ bytes: await picture(1) });
    await dataset.close();
    await removeDataset('mine', home);
    await expect(findDataset('mine', home)).rejects.toMatchObject({ code: 'DATASET_NOT_FOUND' });
  });

  test('keep their names: the same images may be described anew, others are refused', async () => {
    const home = await folder.fresh();
    await importDataset(await source(1), home, { name: 'mine' });
    await importDataset(await source(1), home, { name: 'mine', description: 'One picture' });
    expect((await findDataset('mine', home)).manifest.description).toBe('One picture');
    await expect(importDataset(await source(2), home, { name: 'mine' })).rejects.toMatchObject({
      code: 'DATASET_EXISTS',
    });
    expect(await readdir(`${home}/datasets`)).toEqual(['mine']);
  });

  test.each(['../out', '', '.hidden', 'a/b', 'a'.repeat(65), 'a'.repeat(64)])(
    'have no name like %j',
    async (name) => {
      const home = await folder.fresh();
      await expect(importDataset(await source(1), home, { name })).rejects.toMatchObject({
        code: 'INVALID_DATASET_NAME',
      });
    },
  );

  test('that ship with Fovea can be neither replaced nor removed', async () => {
    const home = await folder.fresh();
    await expect(importDataset(await source(1), home, { name: 'procedural' })).rejects.toMatchObject({
      code: 'SHIPPED_DATASET',
    });
    await expect(removeDataset('procedural', home)).rejects.toMatchObject({ code: 'SHIPPED_DATASET' });
  });

  test('with a damaged manifest say which file is damaged', async () => {
    const home = await folder.fresh();
    await importDataset(await source(1), home, { name: 'mine' });
    await writeFile(`${home}/datasets/mine/dataset.json`, '{');
    await expect(findDataset('mine', home)).rejects.toMatchObject({
      code: 'DATASET_CORRUPT',
      message: expect.stringContaining('dataset.json'),
    });
  });

  test('that are drawn otherwise than they were registered are refused', async () => {
    const { manifest } = await findDataset('procedural', await folder.fresh());
    await expect(openDataset({ ...manifest, digest: '0'.repeat(64) }, null)).rejects.toMatchObject({
      code: 'DATASET_CORRUPT',
    });
  });
});
