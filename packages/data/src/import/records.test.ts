import { gzipSync } from 'node:zlib';
import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { importFiles } from '../testing/import-files.ts';
import { tarGzOf } from '../testing/pictures.ts';
import { sharedImages } from '../testing/shared-images.ts';
import { temporaryFolder } from '../testing/temporary-folder.ts';

const folder = temporaryFolder();

/** Labels, then three planes of 32 × 32 in which the value of every pixel is known. */
function cifar(...records: readonly (readonly number[])[]): Buffer {
  return Buffer.concat(
    records.map((labels, index) =>
      Buffer.concat([
        Buffer.from(labels),
        ...[0, 1, 2].map((channel) => Buffer.alloc(1024, 10 * index + channel)),
      ]),
    ),
  );
}

/** Values of an idx file with the axes given. */
function idx(lengths: readonly number[], values: Uint8Array): Buffer {
  const header = Buffer.alloc(4 + 4 * lengths.length);
  header.set([0, 0, 8, lengths.length]);
  lengths.forEach((length, axis) => header.writeUInt32BE(length, 4 + 4 * axis));
  return Buffer.concat([header, values]);
}

describe('CIFAR files', () => {
  test('are images with the usual classes, their colours interleaved', async () => {
    const bytes = await tarGzOf({
      'cifar-10-batches-bin/data_batch_1.bin': cifar([3], [9]),
      'cifar-10-batches-bin/test_batch.bin': cifar([0]),
      'cifar-10-batches-bin/batches.meta.txt': Buffer.from('airplane\nautomobile\n'),
      'cifar-10-batches-bin/readme.html': Buffer.from('<p>'),
    });
    const { dataset, manifest } = await importFiles(folder, { name: 'cifar-10-binary.tar.gz', bytes });
    expect(dataset).toMatchObject({ splits: { train: 2, test: 1 }, imageSize: { height: 32, width: 32 } });
    expect(dataset.classes.slice(0, 4)).toEqual(['airplane', 'automobile', 'bird', 'cat']);
    expect(dataset.entry('train', 1)).toMatchObject({ id: 'data_batch_1/1', label: 9 });
    const image = await dataset.image('train', 1);
    expect(image).toMatchObject({ encoding: 'raw', channels: 3 });
    expect(image.encoding === 'raw' && [...image.pixels.subarray(0, 4)]).toEqual([10, 11, 12, 10]);
    expect(manifest.problems.map(({ file }) => file)).toEqual(['cifar-10-batches-bin/readme.html']);
  });

  test('of a hundred classes have superclasses besides', async () => {
    const { dataset } = await importFiles(folder, {
      'train.bin': cifar([1, 50], [0, 99]),
      'fine_label_names.txt': Buffer.from(
        Array.from({ length: 100 }, (_, label) => `fine${label}`).join('\n'),
      ),
      'coarse_label_names.txt': Buffer.from('fish\nflowers\n'),
    });
    expect(dataset.classes[50]).toBe('fine50');
    expect(dataset.entry('train', 0)).toMatchObject({ label: 50, columns: { superclass: 'flowers' } });
  });

  test.each([
    ['a length that no record has', Buffer.alloc(3000)],
    ['labels that no class has', cifar([10])],
  ])('with %s are refused', async (_what, bytes) => {
    await expect(importFiles(folder, { name: 'test.bin', bytes })).rejects.toMatchObject({
      code: 'RECORDS_MALFORMED',
    });
  });
});

describe('idx files', () => {
  test('give back every pixel and label, packed or not', async () => {
    const sets = fc.record({
      count: fc.integer({ min: 1, max: 5 }),
      height: fc.integer({ min: 1, max: 6 }),
      width: fc.integer({ min: 1, max: 6 }),
      seed: fc.nat(250),
      packed: fc.boolean(),
    });
    await fc.assert(
      fc.asyncProperty(sets, async ({ count, height, width, seed, packed }) => {
        const pixels = Uint8Array.from({ length: count * height * width }, (_, at) => (seed + 3 * at) % 256);
        const labels = Uint8Array.from({ length: count }, (_, index) => (seed + index) % 10);
        const wrap = (bytes: Buffer) => (packed ? gzipSync(bytes) : bytes);
        const end = packed ? '.gz' : '';
        const { dataset } = await importFiles(folder, {
          [`train-images-idx3-ubyte${end}`]: wrap(idx([count, height, width], pixels)),
          [`train-labels-idx1-ubyte${end}`]: wrap(idx([count], labels)),
        });
        expect(dataset.splits).toEqual({ train: count });
        for (let index = 0; index < count; index++) {
          const image = await dataset.image('train', index);
          expect(image).toMatchObject({ encoding: 'raw', channels: 1, height, width });
          const own = pixels.subarray(index * height * width, (index + 1) * height * width);
          expect(image.encoding === 'raw' && Buffer.from(own).equals(image.pixels)).toBe(true);
          expect(dataset.entry('train', index).label).toBe(labels[index]);
        }
      }),
      { numRuns: 20 },
    );
  });

  test.each([
    ['no idx file', Buffer.from('no idx file at all'), /no idx file/],
    ['values of another type', Buffer.from([0, 0, 0x0d, 3, ...Array<number>(20).fill(0)]), /type 0xd/],
    ['fewer bytes than it says', idx([2, 2, 2], Buffer.alloc(5)), /asks for 24/],
  ])('with %s are refused, and say why', async (_what, bytes, message) => {
    await expect(importFiles(folder, { name: 't10k-images-idx3-ubyte', bytes })).rejects.toMatchObject({
      code: 'RECORDS_MALFORMED',
      message: expect.stringMatching(message),
    });
  });

  test('with as many labels as there are no images are refused', async () => {
    const files = { 'images-idx3-ubyte': idx([2, 1, 1], Buffer.alloc(2)) };
    const rejection = importFiles(folder, {
      't-images-idx3-ubyte': files['images-idx3-ubyte'],
      't-labels-idx1-ubyte': idx([3], Buffer.alloc(3)),
    });
    await expect(rejection).rejects.toThrow('2 images, and t-labels-idx1-ubyte 3 labels');
  });
});

describe.skipIf(!sharedImages.present)(`published data${sharedImages.note}`, () => {
  test('500 CIFAR images have the labels that are known of them', async () => {
    const { dataset } = await importFiles(folder, sharedImages.path('cifar10_test_first500.bin'));
    expect(dataset.splits).toEqual({ test: 500 });
    const first = Array.from(
      { length: 10 },
      (_, index) => dataset.classes[dataset.entry('test', index).label!],
    );
    expect(first).toEqual([
      'cat',
      'ship',
      'ship',
      'airplane',
      'frog',
      'frog',
      'automobile',
      'frog',
      'cat',
      'automobile',
    ]);
  });

  test('the test set of MNIST has as many of each digit as is known', async () => {
    const { dataset } = await importFiles(folder, sharedImages.path('t10k-images-idx3-ubyte.gz'));
    const counts = Array<number>(10).fill(0);
    for (let index = 0; index < 10_000; index++) counts[dataset.entry('test', index).label!]! += 1;
    expect(counts).toEqual([980, 1135, 1032, 1010, 982, 892, 958, 1028, 974, 1009]);
  });

  test('the 200 photographs have the class of every fifth of ImageNet', async () => {
    const { dataset, manifest } = await importFiles(folder, sharedImages.path('imagenet_224'));
    expect([dataset.splits, manifest.problems]).toEqual([{ all: 200 }, []]);
    const labels = Array.from({ length: 200 }, (_, index) => dataset.entry('all', index).label);
    expect(labels).toEqual(Array.from({ length: 200 }, (_, index) => 5 * index));
  });
});
