import { createHash } from 'node:crypto';
import { open } from 'node:fs/promises';
import path from 'node:path';
import * as fc from 'fast-check';
import { describe, expect, onTestFinished, test } from 'vitest';
import { buildDataset, filesIn } from '../import/build-dataset.ts';
import { datasetManifestSchema } from '../manifest.ts';
import { openDataset } from '../open-dataset.ts';
import { picture, writeFiles } from '../testing/pictures.ts';
import { temporaryFolder } from '../testing/temporary-folder.ts';
import { contentDigest } from './content-digest.ts';
import { writeIndex, type StoredImage } from './index-table.ts';
import { packFiles } from './pack-files.ts';
import { createPackWriter, packName } from './pack-writer.ts';
import { storedDataset, verifyIndex } from './stored-dataset.ts';

const folder = temporaryFolder();

const columns = [
  { name: 'angle', type: 'number' },
  { name: 'by', type: 'text' },
] as const;

const anyImage = fc.record({
  bytes: fc.uint8Array({ minLength: 1, maxLength: 40 }),
  label: fc.option(fc.nat(4)),
  angle: fc.option(fc.double({ noNaN: true })),
  by: fc.option(fc.string()),
});

test('whatever images are packed come back as they were, with all that is known of them, from however many packs', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(anyImage, { minLength: 1, maxLength: 12 }),
      fc.integer({ min: 1, max: 100 }),
      async (given, limit) => {
        const built = await folder.fresh();
        const writer = createPackWriter(built, limit);
        const images: StoredImage[] = [];
        for (const [index, { bytes, label, angle, by }] of given.entries())
          images.push({
            ...(await writer.append(bytes)),
            id: `all/${String(index).padStart(2, '0')}`,
            split: 'all',
            label,
            columns: { angle, by },
            height: 1,
            width: bytes.length,
            channels: 1,
            mediaType: null,
            sha256: createHash('sha256').update(bytes).digest(),
          });
        const packs = await writer.finish();
        const index = writeIndex(images, columns);
        const classes = ['a', 'b', 'c', 'd', 'e'];
        const manifest = datasetManifestSchema.parse({
          name: 'packed',
          digest: contentDigest({ classes, columns }, images),
          classes,
          splits: { all: given.length },
          columns,
          imageSize: null,
          bytes: 0,
          content: {
            type: 'stored',
            container: 'folder',
            layout: 'images',
            packs,
            index: { sha256: packs[0]!.sha256, bytes: index.length },
          },
          problems: [],
          duplicates: { count: 0, first: [] },
        });
        verifyIndex(manifest, index);
        const dataset = storedDataset(
          manifest,
          index,
          packFiles(packs.map((_, pack) => path.join(built, packName(pack)))),
        );
        for (const [at, { bytes, label, angle, by }] of given.entries()) {
          expect(dataset.entry('all', at)).toMatchObject({ label, columns: { angle, by } });
          const image = await dataset.image('all', at);
          expect(image.encoding === 'raw' && Buffer.from(bytes).equals(image.pixels)).toBe(true);
        }
        await dataset.close();
      },
    ),
    { numRuns: 40 },
  );
});

describe('an imported dataset', () => {
  async function imported() {
    const source = await writeFiles(await folder.fresh(), {
      'test/a/1.png': await picture(1),
      'train/a/2.png': await picture(2),
      'train/b/3.png': await picture(3),
    });
    const built = await folder.fresh();
    const manifest = await buildDataset(source, built, { name: 'whole' });
    return { manifest, files: filesIn(built, manifest) };
  }

  test('does not depend on the order in which a database keeps its splits', async () => {
    const { manifest, files } = await imported();
    expect(Object.keys(manifest.splits)).toEqual(['train', 'test']);
    const turned = await openDataset({ ...manifest, splits: { test: 1, train: 2 } }, files);
    expect(turned.entry('train', 1).id).toBe('train/b/3.png');
    expect(Object.keys(turned.splits)).toEqual(['train', 'test']);
  });

  test('notices that a byte of an image has changed', async () => {
    const { manifest, files } = await imported();
    const pack = await open(files.packs[0]!, 'r+');
    const { buffer } = await pack.read(Buffer.alloc(1), 0, 1, 30);
    await pack.write(Buffer.from([buffer[0]! ^ 1]), 0, 1, 30);
    await pack.close();
    const dataset = await openDataset(manifest, files);
    onTestFinished(() => dataset.close());
    const images = ['train', 'test'].flatMap((split) =>
      Array.from({ length: dataset.splits[split]! }, (_, index) =>
        Promise.resolve(dataset.image(split, index)),
      ),
    );
    const settled = await Promise.allSettled(images);
    expect(settled.filter(({ status }) => status === 'rejected')).toMatchObject([
      { reason: { code: 'DATASET_CORRUPT' } },
    ]);
  });

  test('refuses a manifest that says something else', async () => {
    const { manifest, files } = await imported();
    const index = writeIndex([], []);
    expect(() => verifyIndex(manifest, index)).toThrow(/another number of images/);
    expect(() => verifyIndex(manifest, Buffer.from('no index'))).toThrow(/cannot be read/);
    await expect(openDataset({ ...manifest, splits: { train: 9 } }, files)).rejects.toMatchObject({
      code: 'DATASET_CORRUPT',
    });
  });

  test('has no other splits and images', async () => {
    const { manifest, files } = await imported();
    const dataset = await openDataset(manifest, files);
    expect(() => dataset.entry('tset', 0)).toThrow('it has train, test');
    expect(() => dataset.entry('train', 2)).toThrow('indices 0 to 1, got 2');
    await expect(Promise.resolve().then(() => dataset.image('train', -1))).rejects.toMatchObject({
      code: 'IMAGE_NOT_FOUND',
    });
  });
});
