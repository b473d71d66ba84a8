import { expect, test } from 'vitest';
import { readChoices, usualChoices } from './choices.ts';

test('the usual choices are settings', () => {
  expect(readChoices(usualChoices)).toMatchObject({
    settings: {
      layers: 'interesting',
      size: null,
      steps: 256,
      objectives: ['neuron', 'channel'],
      signs: [1, -1],
    },
  });
});

test.each([
  ['nothing to make', { parts: [] }, 'Choose what to make'],
  ['no layer', { layers: 'chosen' as const }, 'Choose layers'],
  ['a sweep over nothing', { parts: ['sweep' as const] }, 'Choose the dataset'],
  ['a number beyond its limit', { restarts: '99' }, 'restarts'],
])('%s is a fault in words', (_, changes, expected) => {
  expect(readChoices({ ...usualChoices, ...changes })).toMatchObject({
    fault: expect.stringContaining(expected) as string,
  });
});
