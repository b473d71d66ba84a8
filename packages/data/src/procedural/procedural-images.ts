/**
 * The `procedural` data set: drawn patterns that can be told apart by nothing less than curve against line
 * against corner against texture against colour. An image is a pure function of seed, part and index.
 */
import { createHash } from 'node:crypto';
import { checkIndex } from '../check-index.ts';
import type { GeneratedDataset, RawImage } from '../dataset.ts';
import { toBytes } from './canvas.ts';
import { SIZE } from './figures.ts';
import { drawPattern, patternNames } from './patterns.ts';
import { drawsFor } from './draws.ts';

/** Goes up whenever the same seed gives another image. */
const GENERATOR_VERSION = 1;

const imageSize = { height: SIZE, width: SIZE };

export type ProceduralSplit = 'train' | 'validation' | 'test';

/** Whole numbers of images per class; `train` is as large as anyone will draw. */
const splits: Readonly<Record<ProceduralSplit, number>> = {
  train: 100_000 * patternNames.length,
  validation: 100 * patternNames.length,
  test: 400 * patternNames.length,
};

export interface ProceduralImages extends GeneratedDataset {
  readonly splits: typeof splits;
  /** Class of an image, without drawing it. */
  label(split: ProceduralSplit, index: number): number;
}

/** @param seed whole number; sets with different seeds have no image in common */
export function proceduralImages(seed = 0): ProceduralImages {
  const name = 'procedural';
  const label = (split: ProceduralSplit, index: number): number => {
    checkIndex({ name, splits }, split, index);
    return index % patternNames.length;
  };
  const draw = (split: ProceduralSplit, index: number): RawImage => {
    const canvas = drawPattern(label(split, index), drawsFor(seed, index, split));
    return { encoding: 'raw', channels: 3, ...imageSize, pixels: toBytes(canvas) };
  };
  return {
    name,
    digest: digest(seed, draw),
    description: 'Drawn patterns that tell curve from line from corner from texture from colour',
    license: 'Apache-2.0',
    source: 'Drawn by Fovea',
    classes: patternNames,
    columns: [],
    imageSize,
    splits,
    label,
    entry: (split, index) => ({
      id: `${split}/${index}`,
      label: label(split as ProceduralSplit, index),
      ...imageSize,
      columns: {},
    }),
    image: (split, index) => draw(split as ProceduralSplit, index),
    close: async () => undefined,
  };
}

/** Over what defines the set, and over the first image of every class in every part. */
function digest(seed: number, draw: (split: ProceduralSplit, index: number) => RawImage): string {
  const hash = createHash('sha256');
  hash.update(
    JSON.stringify({ version: GENERATOR_VERSION, seed, size: SIZE, classes: patternNames, sizes: splits }),
  );
  for (const split of Object.keys(splits) as ProceduralSplit[]) {
    for (let index = 0; index < patternNames.length; index++) hash.update(draw(split, index).pixels);
  }
  return hash.digest('hex');
}
