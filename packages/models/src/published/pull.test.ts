import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { startBackend } from '@fovea/tensor';
import { beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { findArchitecture } from '../known-architectures.ts';
import { networkOf } from '../network.ts';
import { syntheticWeight } from '../parity/synthetic-tensor.ts';
import { UnknownModelError } from '../errors.ts';
import { findModel } from '../registry.ts';
import { fileServer } from '../testing/file-server.ts';
import { temporaryFolder } from '../testing/temporary-folder.ts';
import { zip } from '../testing/zip-writer.ts';
import { encodeSafetensors } from '../checkpoint/write-safetensors.ts';
import { fileName, type PublishedFile, type PublishedModel } from './published-model.ts';
import { findPublishedModel, publishedModels } from './published-models.ts';
import { ManualDownloadError, UnknownPublishedModelError, WrongDownloadError } from './pull-errors.ts';
import { pullModel } from './pull.ts';

const folder = temporaryFolder();
const server = fileServer();
let home: string;
let homes = 0;

const weights = Buffer.from(
  encodeSafetensors(
    networkOf(findArchitecture('fovea_mini').variants[0]).tensors.map(({ name, shape }) => ({
      name,
      shape,
      values: syntheticWeight(name, shape),
    })),
    { dtype: 'F16' },
  ),
);

const sha256Of = (bytes: Buffer) => createHash('sha256').update(bytes).digest('hex');
const sha256 = sha256Of(weights);

beforeAll(async () => {
  await startBackend();
});

beforeEach(() => {
  home = folder.path(`home${homes++}`);
  server.files.set('/mini.safetensors', weights);
});

function mini(file: Partial<PublishedFile> = {}, more: Partial<PublishedModel> = {}): PublishedModel {
  return {
    name: 'mini',
    architecture: 'fovea_mini',
    files: [{ url: server.url('/mini.safetensors'), ...file }],
    weights: 'mini.safetensors',
    license: 'CC0-1.0',
    page: 'https://example.org/mini',
    ...more,
  };
}

describe('pulling', () => {
  test('registers a model with its licence and origin, and leaves no download', async () => {
    const { model, files } = await pullModel(mini({ sha256, bytes: weights.length }), { home });
    expect(model.manifest).toMatchObject({
      name: 'mini',
      license: 'CC0-1.0',
      source: 'https://example.org/mini',
      checkpoint: { sha256 },
    });
    expect(files).toEqual([{ url: server.url('/mini.safetensors'), sha256, agreeingDigits: 64 }]);
    expect((await findModel('mini', home)).manifest).toEqual(model.manifest);
    expect(existsSync(folder.path(`home${homes - 1}`, 'downloads', 'mini'))).toBe(false);
  });

  test('again downloads nothing', async () => {
    await pullModel(mini(), { home });
    expect((await pullModel(mini(), { home })).files).toEqual([]);
    expect(server.requests).toHaveLength(1);
  });

  test('says where nothing is published to compare with', async () => {
    const { files } = await pullModel(mini(), { home });
    expect(files).toEqual([{ url: server.url('/mini.safetensors'), sha256, agreeingDigits: 0 }]);
  });

  test('compares with what a pointer of Git LFS states', async () => {
    const pointer = (oid: string) =>
      Buffer.from(`version https://git-lfs.github.com/spec/v1\noid sha256:${oid}\nsize ${weights.length}\n`);
    server.files.set('/raw/mini', pointer(sha256));
    const published = mini({ lfsPointer: server.url('/raw/mini') });
    expect((await pullModel(published, { home })).files[0]!.agreeingDigits).toBe(64);

    server.files.set('/raw/mini', pointer('0'.repeat(64)));
    await expect(pullModel({ ...published, name: 'other' }, { home })).rejects.toThrow(WrongDownloadError);
  });

  test('unpacks an archive, and takes its class names', async () => {
    const names = Array.from({ length: 25 }, (_, index) => `class ${index}`).join('\n');
    const archive = zip(
      new Map([
        ['mini.safetensors', weights],
        ['labels.txt', Buffer.from(`${names}\n`)],
      ]),
    );
    server.files.set('/mini.zip', archive);
    const published = mini(
      { url: server.url('/mini.zip'), sha256: sha256Of(archive) },
      { classes: { file: 'labels.txt', logits: 27 } },
    );
    const { classes } = (await pullModel(published, { home })).model.manifest;
    expect(classes!.slice(23)).toEqual(['class 23', 'class 24', 'unused 25', 'unused 26']);
  });

  test('takes the same files from a mirror', async () => {
    server.files.set('/mirror/mini.safetensors', weights);
    const published = mini({ url: 'http://127.0.0.1:9/mini.safetensors', sha256 });
    const { files } = await pullModel(published, { home, mirror: server.url('/mirror') });
    expect(files[0]!.url).toBe(server.url('/mirror/mini.safetensors'));
  });

  test('without network says what to do by hand', async () => {
    const published = mini(
      { url: 'http://127.0.0.1:9/mini.zip', sha256: 'f37072fd', mebibytes: 44.661 },
      { variant: 'procedural', crop: 0.9 },
    );
    const attempt = pullModel(published, { home, retries: 0 });
    await expect(attempt).rejects.toThrow(ManualDownloadError);
    await expect(attempt).rejects.toThrow('http://127.0.0.1:9/mini.zip (44.661 MiB, sha256 f37072fd…)');
    await expect(attempt).rejects.toThrow('and unpack it');
    await expect(attempt).rejects.toThrow(
      'model import mini.safetensors --name mini --architecture fovea_mini --variant procedural --crop 0.9',
    );
  });

  test('registers nothing that is not what was published', async () => {
    await expect(pullModel(mini({ sha256: '0'.repeat(64) }), { home })).rejects.toThrow(WrongDownloadError);
    await expect(findModel('mini', home)).rejects.toThrow(UnknownModelError);
  });
});

describe('the table of sources', () => {
  test('names each model once, each of an architecture and variant that is known', () => {
    const names = publishedModels.map(({ name }) => name);
    expect(new Set(names).size).toBe(names.length);
    for (const { architecture, variant } of publishedModels) {
      const { variants } = findArchitecture(architecture);
      expect([undefined, ...variants.map(({ name }) => name)]).toContain(variant);
    }
  });

  test('has secure addresses, and something to compare each file of weights with', () => {
    for (const { files, weights: main } of publishedModels) {
      expect(files.every(({ url }) => url.startsWith('https://'))).toBe(true);
      const [first] = files;
      expect(first!.sha256 ?? first!.lfsPointer).toBeDefined();
      expect(first!.sha256 ?? '').toMatch(/^([0-9a-f]{8}|[0-9a-f]{64})?$/);
      const archived = fileName(first!).endsWith('.zip');
      expect(archived || main === undefined || files.some((file) => fileName(file) === main)).toBe(true);
    }
  });

  test('names the nearest to a name that it has not', () => {
    expect(() => findPublishedModel('resnet81')).toThrow(UnknownPublishedModelError);
    expect(() => findPublishedModel('resnet81')).toThrow(/Did you mean resnet18/);
  });
});
