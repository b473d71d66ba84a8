import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Preprocessing } from '@fovea/models';
import { startBackend } from '@fovea/tensor';
import sharp from 'sharp';
import { afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { photographsIn } from './images.ts';

let folder: string;

const preprocessing: Preprocessing = {
  height: 20,
  width: 20,
  channelOrder: 'rgb',
  scale: 1,
  mean: [0, 0, 0],
  std: [1, 1, 1],
  crop: 0.5,
  interpolation: 'bilinear',
};

beforeAll(async () => {
  await startBackend();
});

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'fovea-images-'));
});

afterEach(() => rm(folder, { recursive: true }));

/** Black, with a white centre of half the height: [20, 20, 3]. */
async function picture(width: number, height: number): Promise<number[]> {
  const half = Math.round(height / 2);
  const white = await sharp({ create: { width: half, height: half, channels: 3, background: 'white' } })
    .png()
    .toBuffer();
  await sharp({ create: { width, height, channels: 3, background: 'black' } })
    .composite([{ input: white }])
    .png()
    .toFile(join(folder, 'picture.png'));
  const { images } = await photographsIn(folder)(preprocessing);
  expect(images.shape).toEqual([1, 20, 20, 3]);
  const values = [...(await images.data())];
  images.dispose();
  return values;
}

const mean = (values: readonly number[]) => values.reduce((a, b) => a + b) / values.length;

test('of a photograph the central square is kept that the preprocessing says', async () => {
  expect(mean(await picture(160, 80))).toBeGreaterThan(0.95);
});

test('an image as small as the input is taken whole', async () => {
  expect(mean(await picture(20, 20))).toBeCloseTo(0.25, 2);
});
