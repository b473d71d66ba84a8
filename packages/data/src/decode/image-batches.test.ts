import * as fc from 'fast-check';
import sharp from 'sharp';
import { describe, expect, test } from 'vitest';
import type { Dataset, DatasetImage } from '../dataset.ts';
import { proceduralImages } from '../procedural/procedural-images.ts';
import { picture } from '../testing/pictures.ts';
import { decodeImage, type InputGeometry } from './decode-image.ts';
import { imageBatches } from './image-batches.ts';

const rgb = [0, 0, 0];
const input: InputGeometry = { height: 8, width: 8, crop: 1, interpolation: 'bilinear', mean: rgb };

/** Each image is one grey, its index; every second one is a file. */
async function greys(count: number): Promise<{ dataset: Dataset; read: number[] }> {
  const read: number[] = [];
  const images: DatasetImage[] = await Promise.all(
    Array.from({ length: count }, async (_, index): Promise<DatasetImage> => {
      const pixels = Buffer.alloc(8 * 8 * 3, index);
      if (index % 2 === 0) return { encoding: 'raw', height: 8, width: 8, channels: 3, pixels };
      const bytes = await sharp(pixels, { raw: { height: 8, width: 8, channels: 3 } })
        .png()
        .toBuffer();
      return { encoding: 'file', mediaType: 'image/png', bytes };
    }),
  );
  const dataset: Dataset = {
    name: 'greys',
    digest: '0'.repeat(64),
    classes: [],
    splits: { all: count },
    columns: [],
    imageSize: { height: 8, width: 8 },
    entry: (_split, index) => ({ id: String(index), label: null, height: 8, width: 8, columns: {} }),
    image: async (_split, index) => {
      read.push(index);
      return images[index]!;
    },
    close: async () => undefined,
  };
  return { dataset, read };
}

describe('batches of images', () => {
  test('come in order, whole, and as they are, whatever their size', async () => {
    const { dataset } = await greys(30);
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 1, max: 11 }),
        fc.option(fc.array(fc.nat(29), { minLength: 1, maxLength: 20 }), { nil: undefined }),
        async (batch, indices) => {
          const seen: number[] = [];
          for await (const { pixels, indices: own } of imageBatches(dataset, {
            split: 'all',
            input,
            batch,
            indices,
          })) {
            expect(own.length).toBeLessThanOrEqual(batch);
            expect(pixels.length).toBe(own.length * 8 * 8 * 3);
            for (const [place, index] of own.entries())
              expect(pixels[place * 192]).toBeCloseTo(index / 255, 6);
            seen.push(...own);
          }
          expect(seen).toEqual(indices ?? Array.from({ length: 30 }, (_, index) => index));
        },
      ),
      { numRuns: 25 },
    );
  });

  test('are decoded ahead of whoever takes them, and no further than two batches', async () => {
    const { dataset, read } = await greys(100);
    const batches = imageBatches(dataset, { split: 'all', input, batch: 4 });
    await batches.next();
    await expect.poll(() => read.length).toBe(12);
    await new Promise((resolve) => setTimeout(resolve, 50));
    expect(read.length).toBe(12);
    await batches.return(undefined);
  });

  test('end when nobody wants them any more', async () => {
    const { dataset } = await greys(50);
    const gone = new AbortController();
    const batches = imageBatches(dataset, { split: 'all', input, batch: 4, signal: gone.signal });
    await batches.next();
    gone.abort();
    await expect(batches.next()).rejects.toThrow(/abort/);
  });

  test('of a split that there is not are refused', async () => {
    const batches = imageBatches(proceduralImages(), { split: 'tset', input, batch: 4 });
    await expect(batches.next()).rejects.toMatchObject({ code: 'UNKNOWN_SPLIT' });
  });
});

describe('an image as a network reads it', () => {
  const raw = (
    height: number,
    width: number,
    channels: 1 | 3,
    value: (at: number) => number,
  ): DatasetImage => ({
    encoding: 'raw',
    height,
    width,
    channels,
    pixels: Uint8Array.from({ length: height * width * channels }, (_, at) => value(at)),
  });

  test('is not touched where it fits already', async () => {
    const image = raw(8, 8, 3, (at) => at % 256);
    expect(await decodeImage(image, input)).toBe(image.encoding === 'raw' && image.pixels);
  });

  test('is grey for a network of one channel, and coloured for one of three', async () => {
    const grey = await decodeImage(
      raw(8, 8, 3, () => 100),
      { ...input, mean: [0] },
    );
    expect([grey.length, grey[0]]).toEqual([64, 100]);
    const coloured = await decodeImage(
      raw(8, 8, 1, () => 100),
      input,
    );
    expect([coloured.length, new Set(coloured)]).toEqual([192, new Set([100])]);
  });

  test('is turned as its camera says, and loses what is transparent', async () => {
    const left = await sharp({ create: { width: 8, height: 8, channels: 3, background: 'black' } })
      .composite([
        { input: { create: { width: 4, height: 8, channels: 3, background: 'white' } }, left: 0, top: 0 },
      ])
      .withExif({ IFD0: { Orientation: '6' } })
      .jpeg({ quality: 100 })
      .withMetadata({ orientation: 6 })
      .toBuffer();
    const turned = await decodeImage({ encoding: 'file', mediaType: 'image/jpeg', bytes: left }, input);
    // A quarter turn to the right brings the white left half to the top.
    expect([turned[3 * 3]! > 200, turned[(7 * 8 + 3) * 3]! < 50]).toEqual([true, true]);
    const clear = await sharp({
      create: { width: 8, height: 8, channels: 4, background: { r: 255, g: 255, b: 255, alpha: 0 } },
    })
      .png()
      .toBuffer();
    expect(
      new Set(await decodeImage({ encoding: 'file', mediaType: 'image/png', bytes: clear }, input)),
    ).toEqual(new Set([0]));
  });

  test('is the middle of a larger one, by the share that is kept', async () => {
    const bytes = await picture(3, 'png', 32);
    const pixels = await sharp(bytes)
      .extract({ left: 8, top: 8, width: 16, height: 16 })
      .resize(16, 16)
      .raw()
      .toBuffer();
    const cropped = await decodeImage(
      { encoding: 'file', mediaType: 'image/png', bytes },
      { ...input, height: 16, width: 16, crop: 0.5 },
    );
    expect(Buffer.from(cropped).equals(pixels)).toBe(true);
  });
});
