import * as fc from 'fast-check';
import { beforeAll, describe, expect, test } from 'vitest';
import { idsOf, importFiles } from '../testing/import-files.ts';
import { picture, tarGzOf, tarOf, zipOf, type Files } from '../testing/pictures.ts';
import { temporaryFolder } from '../testing/temporary-folder.ts';

const folder = temporaryFolder();

describe('images in folders', () => {
  let files: Files;
  beforeAll(async () => {
    files = {
      'animals/train/cat/2.jpg': await picture(2, 'jpeg'),
      'animals/train/cat/1.png': await picture(1),
      'animals/train/dog/1.webp': await picture(3, 'webp'),
      'animals/val/dog/1.png': await picture(4),
      'animals/test/bird/1.png': await picture(5),
    };
  });

  test('are the same dataset out of a folder, a zip, a tar and a packed tar', async () => {
    const imported = [
      await importFiles(folder, files),
      await importFiles(folder, { name: 'a.zip', bytes: await zipOf(files) }),
      await importFiles(folder, { name: 'a.tar', bytes: await tarOf(files) }),
      await importFiles(folder, { name: 'a.tgz', bytes: await tarGzOf(files) }),
    ];
    const [first] = imported;
    expect(imported.map(({ manifest }) => manifest.digest)).toEqual(Array(4).fill(first!.manifest.digest));
    expect(
      imported.map(({ manifest: { content } }) => content.type === 'stored' && content.container),
    ).toEqual(['folder', 'zip', 'tar', 'tar']);
    for (const { dataset } of imported) {
      expect(dataset.splits).toEqual({ train: 3, validation: 1, test: 1 });
      expect(dataset.classes).toEqual(['bird', 'cat', 'dog']);
      expect(dataset.entry('train', 2)).toMatchObject({
        id: 'animals/train/dog/1.webp',
        label: 2,
        height: 24,
        width: 24,
      });
      expect(await dataset.image('train', 0)).toEqual({
        encoding: 'file',
        mediaType: 'image/png',
        bytes: files['animals/train/cat/1.png'],
      });
    }
  });

  test('have another digest for another image, label or path', async () => {
    const digestOf = async (changed: Files) => (await importFiles(folder, changed)).manifest.digest;
    const { 'animals/val/dog/1.png': moved, ...others } = files;
    const digests = [
      await digestOf(files),
      await digestOf({ ...files, 'animals/val/dog/1.png': await picture(6) }),
      await digestOf({ ...others, 'animals/val/cat/1.png': moved! }),
      await digestOf({ ...others, 'animals/val/dog/2.png': moved! }),
      await digestOf({ ...others, 'animals/test/dog/1.png': moved! }),
    ];
    expect(new Set(digests).size).toBe(5);
  });

  test('may have the class of the folder that they lie in, or none', async () => {
    const deep = {
      'a/x/1.png': await picture(1),
      'a/y/1.png': await picture(2),
      'b/x/1.png': await picture(3),
    };
    const classesOf = async (classFrom?: 'folder' | 'parent' | 'none') =>
      (await importFiles(folder, deep, { classFrom })).dataset.classes;
    expect(await classesOf()).toEqual(['a', 'b']);
    expect(await classesOf('parent')).toEqual(['x', 'y']);
    expect(await classesOf('none')).toEqual([]);
  });

  test('without a folder have no class', async () => {
    const { dataset } = await importFiles(folder, { '1.png': await picture(1), '2.png': await picture(2) });
    expect([dataset.classes, dataset.splits, dataset.entry('all', 1).label]).toEqual([[], { all: 2 }, null]);
  });
});

describe('what cannot be read', () => {
  test('is left out and listed with its reason, whatever the format', async () => {
    const half = async (format: 'png' | 'jpeg' | 'webp') => {
      const whole = await picture(1, format, 200);
      return whole.subarray(0, whole.length / 2);
    };
    const { manifest, dataset } = await importFiles(folder, {
      'a/good.png': await picture(1),
      'a/half.jpg': await half('jpeg'),
      'a/half.png': await half('png'),
      'a/half.webp': await half('webp'),
      'a/notes.txt': Buffer.from('no image'),
      'a/vector.svg': Buffer.from('<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"/>'),
      'a/empty.png': Buffer.alloc(0),
      'a/large.png': Buffer.alloc(65 * 2 ** 20),
      'a/.DS_Store': Buffer.from('left by the system'),
    });
    expect(dataset.splits).toEqual({ all: 1 });
    expect(Object.fromEntries(manifest.problems.map(({ file, reason }) => [file, reason]))).toEqual({
      'a/empty.png': expect.stringMatching(/unknown-format|damaged/),
      'a/half.jpg': 'damaged',
      'a/half.png': 'damaged',
      'a/half.webp': 'damaged',
      'a/large.png': 'too-large',
      'a/notes.txt': 'unknown-format',
      'a/vector.svg': 'unknown-format',
    });
    for (const { message } of manifest.problems) expect(message).not.toBe('');
  });

  test('is refused where nothing else is there', async () => {
    const rejection = importFiles(folder, { 'a.txt': Buffer.from('a') });
    await expect(rejection).rejects.toMatchObject({
      code: 'NO_IMAGES',
      message: expect.stringContaining('a.txt'),
    });
  });
});

test('equal images are noted, stored once, and each kept', async () => {
  const same = await picture(1);
  const { manifest, dataset } = await importFiles(folder, {
    'a/1.png': same,
    'b/2.png': same,
    'b/3.png': await picture(2),
  });
  expect(manifest.duplicates).toEqual({ count: 1, first: [{ file: 'b/2.png', sameAs: 'a/1.png' }] });
  expect(dataset.splits).toEqual({ all: 3 });
  expect(manifest.bytes).toBe(same.length + (await picture(2)).length);
  expect(await dataset.image('all', 1)).toMatchObject({ bytes: same });
});

test('an import that is broken off ends with the reason', async () => {
  const gone = new AbortController();
  gone.abort(new Error('gone'));
  await expect(importFiles(folder, { 'a.png': await picture(1) }, { signal: gone.signal })).rejects.toThrow(
    'gone',
  );
});

test('any tree of files is the same dataset packed and unpacked, in an order that does not depend on how', async () => {
  const name = fc.stringMatching(/^[a-z]{1,3}$/);
  const tree = fc.uniqueArray(fc.tuple(fc.array(name, { maxLength: 3 }), name), {
    minLength: 1,
    maxLength: 6,
    selector: ([folders, file]) => [...folders, `${file}.png`].join('/'),
  });
  await fc.assert(
    fc.asyncProperty(tree, async (paths) => {
      const entries = await Promise.all(
        paths.map(
          async ([folders, file], seed) =>
            [[...folders, `${file}.png`].join('/'), await picture(seed)] as const,
        ),
      );
      const packed = await importFiles(folder, {
        name: 'a.zip',
        bytes: await zipOf(Object.fromEntries(entries)),
      });
      const turned = await importFiles(folder, {
        name: 'a.tar',
        bytes: await tarOf(Object.fromEntries(entries.toReversed())),
      });
      expect(turned.manifest.digest).toBe(packed.manifest.digest);
      for (const split of Object.keys(packed.dataset.splits)) {
        expect(idsOf(turned, split)).toEqual(idsOf(packed, split));
        expect(idsOf(packed, split)).toEqual(idsOf(packed, split).toSorted());
      }
    }),
    { numRuns: 25 },
  );
});
