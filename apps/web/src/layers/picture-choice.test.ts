import { expect, it } from 'vitest';
import { formatPictures, parsePictures, pictureOptions } from './picture-choice.ts';

it.each([
  { objective: 'channel', sign: 1 as const },
  { objective: 'neuron', sign: -1 as const },
])('a choice comes back from the address as it was: %o', (choice) => {
  expect(parsePictures(formatPictures(choice))).toEqual(choice);
});

it.each([null, '', '*', '--x', '1x'])('%j is no choice', (text) => {
  expect(parsePictures(text)).toBeNull();
});

it('all pictures that there are can be chosen', () => {
  expect(pictureOptions(['channel', 'neuron'], ['channel']).map(({ label }) => label)).toEqual([
    'Usual pictures',
    'channel, excites',
    'neuron, excites',
    'channel, inhibits',
  ]);
});
