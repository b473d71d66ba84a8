import { expect, it } from 'vitest';
import { bandsOf } from './bands.ts';

const example = (band: number | null, image: number) => ({ band, image, value: 0, position: 0, box: null });

it('names bands by the share of images, and keeps the place of each example', () => {
  const bands = bandsOf([example(null, 7), example(1, 8), example(1, 9), example(0, 3)], [0, 0.975, 1]);
  expect(bands.map(({ title, examples }) => [title, ...examples.map(({ index }) => index)])).toEqual([
    ['Highest', 0],
    ['Drawn from 97.5 to 100 % of the images by their highest value', 1, 2],
    ['Drawn from 0 to 97.5 % of the images by their highest value', 3],
  ]);
});
