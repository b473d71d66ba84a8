import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { RawImage } from '../dataset.ts';
import { ImageIndexError } from '../errors.ts';
import { proceduralImages, type ProceduralSplit } from './procedural-images.ts';

const images = proceduralImages(0);
const splits: ProceduralSplit[] = ['train', 'validation', 'test'];
const anyImage = fc.record({ split: fc.constantFrom(...splits), index: fc.integer({ min: 0, max: 2699 }) });

describe('procedural images', () => {
  it('draws the same image for the same seed, part and index, whatever was drawn before', () => {
    const again = proceduralImages(0);
    fc.assert(
      fc.property(anyImage, anyImage, (first, second) => {
        const { pixels } = images.image(first.split, first.index);
        again.image(second.split, second.index);
        expect(again.image(first.split, first.index).pixels).toEqual(pixels);
      }),
      { numRuns: 40 },
    );
  });

  it('shares no image between parts, indices or seeds', () => {
    const other = proceduralImages(1);
    const drawn = splits.flatMap((split) =>
      Array.from({ length: 54 }, (_, index) => [
        images.image(split, index),
        other.image(split, index),
      ]).flat(),
    );
    const distinct = new Set(drawn.map(({ pixels }) => Buffer.from(pixels).toString('base64')));
    expect(distinct.size).toBe(drawn.length);
  });

  it('names its content by a digest', () => {
    expect(images.digest).toMatch(/^[0-9a-f]{64}$/);
    expect(proceduralImages(0).digest).toBe(images.digest);
    expect(proceduralImages(1).digest).not.toBe(images.digest);
  });

  it('has every class equally often, and tells it without drawing', () => {
    expect(images.classes.length).toBeGreaterThanOrEqual(16);
    expect(new Set(images.classes).size).toBe(images.classes.length);
    for (const split of splits) expect(images.splits[split] % images.classes.length).toBe(0);
    const labels = Array.from({ length: 2 * images.classes.length }, (_, index) =>
      images.label('test', index),
    );
    for (const label of images.classes.keys()) expect(labels.filter((l) => l === label)).toHaveLength(2);
    expect(images.entry('test', 40).label).toBe(images.label('test', 40));
  });

  it('refuses an index that a part does not have', () => {
    expect(() => images.image('test', images.splits.test)).toThrow(/0 to 10799, got 10800/);
    expect(() => images.image('test', -1)).toThrow(ImageIndexError);
    expect(() => images.label('train', 0.5)).toThrow(ImageIndexError);
  });

  it('shows something in every image', () => {
    fc.assert(
      fc.property(anyImage, ({ split, index }) => {
        const { deviations } = colorStatistics(images.image(split, index));
        expect(Math.max(...deviations)).toBeGreaterThan(3);
      }),
      { numRuns: 100 },
    );
  });

  it('gives its classes away by no statistics of colour', () => {
    const { classes } = images;
    const features = (split: ProceduralSplit, index: number) => {
      const { means, deviations } = colorStatistics(images.image(split, index));
      return [...means, ...deviations];
    };
    const centroids = classes.map((_, label) => {
      const seen = Array.from({ length: 10 }, (_, i) => features('train', label + i * classes.length));
      return seen[0]!.map((_, k) => seen.reduce((sum, values) => sum + values[k]!, 0) / seen.length);
    });
    const distance = (a: number[], b: number[]) => Math.hypot(...a.map((value, k) => value - b[k]!));
    const trials = Array.from({ length: 5 * classes.length }, (_, index) => index);
    const right = trials.filter((index) => {
      const values = features('validation', index);
      const distances = centroids.map((centroid) => distance(values, centroid));
      return distances.indexOf(Math.min(...distances)) === images.label('validation', index);
    });
    expect(right.length / trials.length).toBeLessThan(0.25);
  });
});

/** Mean and standard deviation of red, green and blue. */
function colorStatistics({ pixels }: RawImage) {
  const count = pixels.length / 3;
  const moment = (channel: number, power: number) => {
    let sum = 0;
    for (let i = channel; i < pixels.length; i += 3) sum += pixels[i]! ** power;
    return sum / count;
  };
  const means = [0, 1, 2].map((channel) => moment(channel, 1));
  return { means, deviations: means.map((mean, channel) => Math.sqrt(moment(channel, 2) - mean ** 2)) };
}
