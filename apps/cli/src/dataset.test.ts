import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { callFovea, lastJson } from './testing/call-fovea.ts';

let home: string;
let images: string;

beforeAll(async () => {
  home = await mkdtemp(join(tmpdir(), 'fovea-datasets-'));
  images = join(home, 'two colours');
  for (const colour of ['red', 'blue']) {
    await mkdir(join(images, 'train', colour), { recursive: true });
    const background = colour;
    const picture = sharp({ create: { width: 40, height: 30, channels: 3, background } });
    await picture.jpeg().toFile(join(images, 'train', colour, 'whole.jpg'));
  }
  const whole = await sharp(join(images, 'train', 'red', 'whole.jpg')).toBuffer();
  await writeFile(join(images, 'train', 'red', 'broken.jpg'), whole.subarray(0, whole.length / 2));
});

afterAll(() => rm(home, { recursive: true }));

const dataset = (...args: string[]) => callFovea(['dataset', ...args], { FOVEA_HOME: home });

describe('importing', () => {
  test('registers what is whole, and says what is not', async () => {
    const { code, stdout, stderr } = await dataset('import', images, '--license', 'CC0-1.0');
    expect(code).toBe(0);
    expect(stdout).toBe('two-colours is registered: 2 images in 2 classes\n');
    expect(stderr).toContain('1 file was left out');
    expect(stderr).toMatch(/train\/red\/broken\.jpg: damaged, its header cannot be read/);
  });

  test('is shown as it is, and listed beside what ships with Fovea', async () => {
    const { stdout } = await dataset('show', 'two-colours');
    expect(stdout).toMatch(/^licence: CC0-1\.0$/m);
    expect(stdout).toMatch(/^1 +red +1/m);
    const manifest = lastJson((await dataset('show', 'two-colours', '--json')).stdout);
    expect(manifest).toMatchObject({
      splits: { train: 2 },
      classes: ['blue', 'red'],
      imageSize: { height: 30, width: 40 },
    });
    expect((await dataset('list')).stdout).toMatch(
      /^procedural +generated[^]*^two-colours +images +2 +train 2/m,
    );
  });

  test('changes nothing under a name that another dataset has', async () => {
    const { code, stderr } = await dataset('import', join(images, 'train', 'blue'), '--name', 'two-colours');
    expect([code, stderr]).toEqual([2, expect.stringContaining('Another dataset is called "two-colours"')]);
  });

  test('leaves nothing behind where there are no images', async () => {
    const { code, stderr } = await dataset('import', join(images, 'nowhere'), '--name', 'nothing');
    expect([code, stderr]).toEqual([2, expect.stringContaining('cannot be read')]);
    expect((await dataset('list')).stdout).not.toContain('nothing');
  });
});

test('an unknown name is met with those near it', async () => {
  const { code, stderr } = await dataset('show', 'two-colors');
  expect([code, stderr]).toEqual([2, expect.stringContaining('Did you mean two-colours?')]);
});

test('a dataset is removed on request, unless it ships with Fovea', async () => {
  expect((await dataset('remove', 'procedural')).code).toBe(2);
  expect((await dataset('remove', 'two-colours')).code).toBe(0);
  expect((await dataset('show', 'two-colours')).code).toBe(2);
});
