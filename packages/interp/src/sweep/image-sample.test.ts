import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { imageSample } from './image-sample.ts';

test('is as many different images as are asked for, in increasing order', () => {
  fc.assert(
    fc.property(fc.nat(300), fc.nat(300), fc.nat(9), (images, count, seed) => {
      const sample = imageSample(images, count, seed, 'test');
      expect(sample).toHaveLength(Math.min(images, count));
      for (const [place, image] of sample.entries()) {
        expect(image).toBeGreaterThan(sample[place - 1] ?? -1);
        expect(image).toBeLessThan(images);
      }
      expect(imageSample(images, count, seed, 'test')).toEqual(sample);
    }),
  );
});

test('takes every image equally often', () => {
  const taken = new Float64Array(20);
  for (let seed = 0; seed < 2000; seed++)
    for (const image of imageSample(20, 5, seed, 'test')) taken[image]! += 1;
  for (const count of taken) expect(Math.abs(count - 500)).toBeLessThan(100);
});
