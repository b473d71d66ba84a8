import { createHash } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { findKindSchema } from '@fovea/experiments/schema';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { readInputFiles } from './input-files.ts';

const schema = findKindSchema('image-activations')!;
const bytes = Buffer.from('an image');
const hash = createHash('sha256').update(bytes).digest('hex');
let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'fovea-input-files-'));
  await writeFile(join(folder, 'plate.jpg'), bytes);
});
afterAll(() => rm(folder, { recursive: true }));

test('the path of an image becomes the hash of its content, and nothing else changes', async () => {
  const params = ['firing=10', `image=${join(folder, 'plate.jpg')}`, 'layers=["mixed4a"]'];
  const { params: read, files } = await readInputFiles(schema, params);
  expect(read).toEqual(['firing=10', `image=${hash}`, 'layers=["mixed4a"]']);
  expect([...files]).toEqual([[hash, bytes]]);
});

test('an image that is stored already is named by its hash', async () => {
  const { params, files } = await readInputFiles(schema, [`image=${hash}`]);
  expect(params).toEqual([`image=${hash}`]);
  expect(files.size).toBe(0);
});

test('a path that leads nowhere is refused', async () => {
  await expect(readInputFiles(schema, ['image=no-such.jpg'])).rejects.toThrow('image cannot be read');
});
