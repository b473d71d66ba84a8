/**
 * The `procedural` data set: drawn patterns that can be told apart by nothing less than curve against line
 * against corner against texture against colour. An image is a pure function of seed, part and index.
 */
import { createHash } from 'node:crypto';
import type { ImageDataset, LabelledImage, Split } from '../dataset.ts';
import { toBytes } from './canvas.ts';
import { SIZE } from './figures.ts';
import { drawPattern, patternNames } from './patterns.ts';
import { drawsFor } from './draws.ts';

/** Goes up whenever the same seed gives another image. */
const GENERATOR_VERSION = 1;

/** Whole numbers of images per class; `train` is as large as anyone will draw. */
const sizes: Record<Split, number> = {
  train: 100_000 * patternNames.length,
  validation: 100 * patternNames.length,
  test: 400 * patternNames.length,
};

/** @param seed whole number; sets with different seeds have no image in common */
export function proceduralImages(seed = 0): ImageDataset {
  const label = (split: Split, index: number): number => {
    if (!Number.isInteger(index) || index < 0 || index >= sizes[split]) {
      throw new RangeError(
        `The ${split} part of the procedural images has indices 0 to ${sizes[split] - 1}, got ${index}`,
      );
    }
    return index % patternNames.length;
  };
  const image = (split: Split, index: number): LabelledImage => {
    const pattern = label(split, index);
    const canvas = drawPattern(pattern, drawsFor(seed, index, split));
    return { pixels: toBytes(canvas), label: pattern };
  };
  return {
    name: 'procedural',
    digest: digest(seed, image),
    classes: patternNames,
    height: SIZE,
    width: SIZE,
    sizes,
    label,
    image,
  };
}

/** Over what defines the set, and over the first image of every class in every part. */
function digest(seed: number, image: ImageDataset['image']): string {
  const hash = createHash('sha256');
  hash.update(JSON.stringify({ version: GENERATOR_VERSION, seed, size: SIZE, classes: patternNames, sizes }));
  for (const split of Object.keys(sizes) as Split[]) {
    for (let index = 0; index < patternNames.length; index++) hash.update(image(split, index).pixels);
  }
  return hash.digest('hex');
}
