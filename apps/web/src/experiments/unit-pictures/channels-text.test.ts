import { expect, test } from 'vitest';
import { channelsText } from './channels-text.ts';

test('neighbouring channels are written as a range, in order', () => {
  expect(channelsText([3, 0, 1, 2, 7, 9, 8])).toBe('0–3, 7–9');
  expect(channelsText([5])).toBe('5');
});
