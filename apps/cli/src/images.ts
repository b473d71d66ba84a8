import { decodeImage } from '@fovea/data';
import type { Photographs, Preprocessing } from '@fovea/models';
import { tf } from '@fovea/tensor';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { badInput } from './exit-codes.ts';
import { callerPath } from './caller-path.ts';

/** As many as tell something, and fit into memory. */
const most = 256;

const indexSchema = z.array(z.object({ file: z.string(), class: z.int().nonnegative() }));

/** Reads a folder as a network's preprocessing says. */
export function photographsIn(folder: string): (preprocessing: Preprocessing) => Promise<Photographs> {
  return (preprocessing) => readPhotographs(callerPath(folder), preprocessing);
}

/**
 * The first images of a folder by name, with their classes where an `index.json` of `[{ file, class }]` lies beside
 * them.
 */
async function readPhotographs(folder: string, preprocessing: Preprocessing): Promise<Photographs> {
  const entries = await readdir(folder).catch((error: Error) => {
    throw badInput(`--images cannot be read: ${error.message}`);
  });
  const names = entries.filter((name) => /\.(jpe?g|png|webp)$/i.test(name)).sort();
  if (names.length === 0) throw badInput(`${folder} holds no JPEG, PNG or WebP images`);
  const chosen = names.slice(0, most);
  const labels = entries.includes('index.json') ? await readLabels(folder, chosen) : undefined;
  const pixels = await Promise.all(chosen.map((name) => readPixels(join(folder, name), preprocessing)));
  const { height, width } = preprocessing;
  const shape: [number, number, number, number] = [pixels.length, height, width, preprocessing.mean.length];
  const images = tf.tidy(() => tf.tensor4d(Buffer.concat(pixels), shape, 'float32').div<tf.Tensor4D>(255));
  return { images, names: chosen, labels };
}

async function readPixels(path: string, preprocessing: Preprocessing): Promise<Uint8Array> {
  return decodeImage({ encoding: 'file', mediaType: 'image/*', bytes: await readFile(path) }, preprocessing);
}

async function readLabels(folder: string, names: readonly string[]): Promise<number[]> {
  const path = join(folder, 'index.json');
  const parsed = indexSchema.safeParse(JSON.parse(await readFile(path, 'utf8')));
  if (!parsed.success)
    throw badInput(`${path} is no list of files and classes: ${z.prettifyError(parsed.error)}`);
  const classes = new Map(parsed.data.map((entry) => [entry.file, entry.class]));
  return names.map((name) => {
    const label = classes.get(name);
    if (label === undefined) throw badInput(`${path} says no class of ${name}`);
    return label;
  });
}
