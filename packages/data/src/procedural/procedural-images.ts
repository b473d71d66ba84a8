/**
 * The `procedural` data set: drawn patterns that can be told apart by nothing less than curve against line
 * against corner against texture against colour. An image is a pure function of seed, part and index.
 */
import { createHash } from 'node:crypto';
import type { ImageDataset, LabelledImage, Split } from '../dataset.ts';
import { toBytes } from './canvas.ts';
import { SIZE } from './figures.ts';
import { drawPattern, patternNames } from './patterns.ts';
import { randomFrom } from './random.ts';

/** Goes up whenever the same seed gives another image. */
const GENERATOR_VERSION = 1;

/** Keys of the parts in the random stream. */
const splitKeys: Record<Split, number> = { train: 1, validation: 2, test: 3 };

/** Whole numbers of images per class; `train` is as large as anyone will draw. */
const sizes: Record<Split, number> = {
  train: 100_000 * patternNames.length,
  validation: 100 * patternNames.length,
  test: 400 * patternNames.length,
};

/** @param seed whole number; sets with different seeds have no image in common */
export function proceduralImages(seed = 0): ImageDataset {
  const image = (split: Split, index: number): LabelledImage => {
    if (!Number.isInteger(index) || index < 0 || index >= sizes[split]) {
      throw new RangeError(
        `The ${split} part of the procedural images has indices 0 to ${sizes[split] - 1}, got ${index}`,
      );
    }
    const label = index % patternNames.length;
    const canvas = drawPattern(label, randomFrom(seed, splitKeys[split], index));
    return { pixels: toBytes(canvas), label };
  };
  return {
    name: 'procedural',
    digest: digest(seed, image),
    classes: patternNames,
    height: SIZE,
    width: SIZE,
    sizes,
    image,
  };
}

/** Over what defines the set, and over the first image of every class in every part. */
function digest(seed: number, image: ImageDataset['image']): string {
  const hash = createHash('sha256');
  hash.update(JSON.stringify({ version: GENERATOR_VERSION, seed, size: SIZE, classes: patternNames, sizes }));
  for (const split of Object.keys(splitKeys) as Split[]) {
    for (let index = 0; index < patternNames.length; index++) hash.update(image(split, index).pixels);
  }
  return hash.digest('hex');
}
