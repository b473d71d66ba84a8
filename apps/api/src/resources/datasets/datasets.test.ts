import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { findDataset, importDataset } from '@fovea/data';
import { seedRegistry } from '@fovea/platform';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openTestApi, type TestApi } from '../../testing/api.ts';
import { picture, zipOf } from '@fovea/data/testing';

let api: TestApi;
let folder: string;
beforeAll(async () => {
  api = await openTestApi();
  await seedRegistry(api.services, api.services.config.home);
  folder = await mkdtemp(path.join(tmpdir(), 'fovea-datasets-'));
});
afterAll(async () => {
  await api.close();
  await rm(folder, { recursive: true });
});

const octets = { 'content-type': 'application/octet-stream' };

const upload = (name: string, payload: Buffer, query: Record<string, string> = {}) =>
  api.call({ method: 'PUT', url: `/datasets/${name}/archive`, query, headers: octets, payload });

/** Says of the one file of a zip archive that it unpacks to 400 MB. */
function boasting(zip: Buffer): Buffer {
  zip.writeUInt32LE(400_000_000, zip.indexOf('PK\u0001\u0002', 0, 'latin1') + 24);
  return zip;
}

const animals = async () =>
  zipOf({
    'animals/train/cat/1.png': await picture(10),
    'animals/train/cat/2.png': await picture(20),
    'animals/train/dog/1.png': await picture(30),
    'animals/test/dog/1.png': await picture(40),
    'animals/test/dog/broken.png': (await picture(50)).subarray(0, 60),
    'animals/README.txt': Buffer.from('Two kinds of animals'),
  });

describe('what ships with Fovea', () => {
  test('is listed, and can be fetched by name and by digest', async () => {
    const { body } = await api.get('/datasets');
    const listed = body.items.find(({ name }: { name: string }) => name === 'procedural');
    expect(listed).toMatchObject({ kind: 'generated', license: 'Apache-2.0', bytes: 0, problemCount: 0 });
    const { body: dataset } = await api.get('/datasets/procedural');
    expect(dataset.classes.length).toBeGreaterThanOrEqual(16);
    expect(Object.keys(dataset.splits)).toEqual(['train', 'validation', 'test']);
    expect((await api.get(`/datasets/${dataset.digest}`)).body).toEqual(dataset);
  });

  test('is drawn when asked for', async () => {
    const { body } = await api.get('/datasets/procedural/images?split=test&limit=2');
    const { total } = body;
    expect(body.items[0]).toMatchObject({ split: 'test', index: 0, label: 0, height: 64, width: 64 });
    expect(total).toBe((await api.get('/datasets/procedural')).body.splits.test);
    const answer = await api.app.inject(body.items[0].url);
    expect(answer.headers['content-type']).toBe('image/png');
    expect(await sharp(answer.rawPayload).metadata()).toMatchObject({ width: 64, height: 64 });
  });

  test('cannot be removed', async () => {
    const { status, body } = await api.call({ method: 'DELETE', url: '/datasets/procedural' });
    expect([status, body.code]).toEqual([409, 'DATASET_IN_USE']);
  });

  test('gives its name to nothing else', async () => {
    const { status, body } = await upload('procedural', await animals());
    expect([status, body.code]).toEqual([409, 'SHIPPED_DATASET']);
  });
});

test('an unknown dataset is not found, and names near it are told', async () => {
  const { body } = await api.get('/datasets/procedual');
  expect(body).toMatchObject({ status: 404, code: 'DATASET_NOT_FOUND' });
  expect(body.detail).toContain('procedural');
});

describe('an uploaded archive', () => {
  beforeAll(async () => {
    const { status } = await upload('animals', await animals(), {
      license: 'CC0-1.0',
      fileName: 'animals.zip',
    });
    if (status !== 201) throw new Error(`The upload was answered with ${status}`);
  });

  test('is a dataset with its classes, splits and what was left out', async () => {
    const { body } = await api.get('/datasets/animals');
    expect(body).toMatchObject({
      classes: ['cat', 'dog'],
      splits: { train: 3, test: 1 },
      license: 'CC0-1.0',
      imageSize: { height: 24, width: 24 },
      runCount: 0,
      problemCount: 2,
    });
    expect(body.problems.map(({ file, reason }: Record<string, string>) => [file, reason])).toEqual([
      ['animals/README.txt', 'unknown-format'],
      ['animals/test/dog/broken.png', 'damaged'],
    ]);
  });

  test('lists its images by split and class, page by page', async () => {
    const ids = (items: { id: string }[]) => items.map(({ id }) => id);
    const { body: first } = await api.get('/datasets/animals/images?limit=2');
    expect(ids(first.items)).toEqual(['animals/train/cat/1.png', 'animals/train/cat/2.png']);
    const { body: second } = await api.get(`/datasets/animals/images?limit=2&cursor=${first.nextCursor}`);
    expect([ids(second.items), second.nextCursor]).toEqual([['animals/train/dog/1.png'], null]);
    const { body: dogs } = await api.get('/datasets/animals/images?split=test&label=1');
    expect([ids(dogs.items), dogs.total]).toEqual([['animals/test/dog/1.png'], 1]);
    expect((await api.get('/datasets/animals/classes')).body.items).toEqual([
      { label: 0, class: 'cat', images: { train: 2, test: 0 } },
      { label: 1, class: 'dog', images: { train: 1, test: 1 } },
    ]);
  });

  test('gives each image as it came, small, and as a model sees it', async () => {
    const { body } = await api.get('/datasets/animals/images/test/0');
    const file = await api.app.inject(body.url);
    expect(file.rawPayload.equals(await picture(40))).toBe(true);
    expect(file.headers['cache-control']).toContain('immutable');
    const small = await api.app.inject(`${body.thumbnailUrl}?side=16`);
    expect(await sharp(small.rawPayload).metadata()).toMatchObject({ format: 'webp', width: 16 });
    const { body: model } = await api.get('/models/tiny');
    const seen = await api.app.inject('/datasets/animals/images/test/0/input?model=tiny');
    const { height, width } = model.preprocessing;
    expect(await sharp(seen.rawPayload).metadata()).toMatchObject({ height, width });
  });

  test.each([
    '/datasets/animals/images?split=tset',
    '/datasets/animals/images/test/1',
    '/datasets/animals/images/test/1/file',
  ])('has no %s', async (url) => {
    expect((await api.get(url)).status).toBe(404);
  });

  test('stays under its digest when another gets its name', async () => {
    const { digest } = (await api.get('/datasets/animals')).body;
    const { body } = await upload('animals', await zipOf({ 'cat/1.png': await picture(99) }));
    expect(body.digest).not.toBe(digest);
    expect((await api.get('/datasets/animals')).body.splits).toEqual({ all: 1 });
    expect((await api.get(`/datasets/${digest}`)).body.splits).toEqual({ train: 3, test: 1 });
  });

  test('is removed with its images', async () => {
    const rows = await api.services.db.dataset.findMany({ where: { name: 'animals' } });
    const { status } = await api.call({ method: 'DELETE', url: '/datasets/animals' });
    expect(status).toBe(204);
    expect((await api.get('/datasets/animals')).status).toBe(404);
    for (const key of rows.flatMap(({ objectKeys }) => objectKeys))
      expect(await api.services.store.head(key)).toBeNull();
  });
});

describe('an archive that is none', () => {
  test.each<[string, () => Promise<Buffer>, string]>([
    ['text', async () => Buffer.from('no archive'), 'NO_IMAGES'],
    ['a cut zip', async () => (await animals()).subarray(0, 400), 'ARCHIVE_MALFORMED'],
    ['a zip of text', () => zipOf({ 'a.txt': Buffer.from('a') }), 'NO_IMAGES'],
    [
      'paths that lead out of it',
      async () =>
        Buffer.from(
          (await zipOf({ 'ab/a.png': await picture(1) })).toString('latin1').replaceAll('ab/a', '../a'),
          'latin1',
        ),
      'ARCHIVE_UNSAFE_PATH',
    ],
    ['a bomb', async () => boasting(await zipOf({ 'bomb.png': await picture(1) })), 'ARCHIVE_BOMB'],
  ])('%s is refused, and leaves nothing', async (_what, content, code) => {
    const before = await api.services.db.dataset.count();
    const { status, body } = await upload('nothing', await content());
    expect([status, body.code]).toEqual([422, code]);
    expect(await api.services.db.dataset.count()).toBe(before);
    expect(await readdir(path.join(api.services.config.home, 'incoming'))).toEqual([]);
  });

  test('a file that is too large is refused before it has been read', async () => {
    const small = await openTestApi({ FOVEA_DATASET_LIMIT: '1000' });
    const { status, body } = await small.call({
      method: 'PUT',
      url: '/datasets/large/archive',
      headers: octets,
      payload: Buffer.alloc(2000),
    });
    expect([status, body.code]).toEqual([413, 'BODY_TOO_LARGE']);
    await small.close();
  });
});

describe('a dataset of another machine', () => {
  const source = () => path.join(folder, 'source');
  const home = () => path.join(folder, 'home');
  const post = (payload: object) => api.post('/datasets', payload);

  beforeAll(async () => {
    await mkdir(path.join(source(), 'red'), { recursive: true });
    await writeFile(path.join(source(), 'red', 'a.png'), await picture(200));
    await importDataset(source(), home(), { name: 'imported' });
  });

  test('is refused without its images', async () => {
    const { manifest } = await findDataset('imported', home());
    const { status, body } = await post(manifest);
    expect([status, body.code]).toEqual([404, 'OBJECT_NOT_FOUND']);
  });

  test('is registered by its manifest once they are uploaded, and only as it is', async () => {
    const { manifest, files } = await findDataset('imported', home());
    const { content } = manifest;
    if (content.type !== 'stored') throw new Error('It was imported');
    for (const [file, { sha256 }] of [
      [files!.packs[0]!, content.packs[0]!],
      [files!.index, content.index],
    ] as const) {
      const payload = await readFile(file);
      const answer = await api.call({
        method: 'PUT',
        url: `/dataset-objects/${sha256}`,
        headers: octets,
        payload,
      });
      expect(answer.status).toBe(201);
    }
    const altered = await post({ ...manifest, classes: ['blue'] });
    expect([altered.status, altered.body.code]).toEqual([422, 'DATASET_CORRUPT']);
    expect((await post(manifest)).status).toBe(201);
    expect((await post(manifest)).status).toBe(200);
    const image = await api.app.inject('/datasets/imported/images/all/0/file');
    expect(image.rawPayload.equals(await picture(200))).toBe(true);
  });

  test('that a run has read stays', async () => {
    const { digest } = (await api.get('/datasets/imported')).body;
    const { body: run } = await api.post('/runs', {
      kind: 'feature-visualization',
      input: { model: 'tiny', objective: 'conv1:3' },
    });
    await api.services.db.run.update({ where: { id: run.id }, data: { datasetDigest: digest } });
    const { status, body } = await api.call({ method: 'DELETE', url: '/datasets/imported' });
    expect([status, body.code]).toEqual([409, 'DATASET_IN_USE']);
    expect(body.detail).toContain('1 run has read imported');
    expect((await api.get('/datasets/imported')).body.runCount).toBe(1);
  });
});
