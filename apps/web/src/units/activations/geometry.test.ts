import { expect, it } from 'vitest';
import { fieldBox, mapPlace, windowPlace } from './geometry.ts';

/** Positions 4 pixels apart that see 11 pixels each; the first has pixel 3 in its middle. */
const field = { size: 11, stride: 4, offset: 3 };
const input = { width: 32, height: 32 };

it('lays each value of a map over the pixels that it is computed about', () => {
  const { left, width } = mapPlace(field, [8, 8], input);
  // Pixel 3 reaches from 3 to 4, so its middle is at 3.5, which is the middle of the first value.
  expect(((left + width / 16) / 100) * 32).toBeCloseTo(3.5);
  expect(width).toBe(100);
  expect(mapPlace(null, [7, 7], input)).toEqual({ left: 0, top: 0, width: 100, height: 100 });
});

it('cuts to what a position sees, beyond the border of the image too', () => {
  expect(fieldBox(field, 0, [8, 8], input)).toEqual({ left: -2, top: -2, width: 11, height: 11 });
  expect(fieldBox(field, 8 + 2, [8, 8], input)).toEqual({ left: 6, top: 2, width: 11, height: 11 });
});

it('shows the whole image where a position sees it all', () => {
  expect(fieldBox({ ...field, size: 32 }, 0, [8, 8], input)).toBeNull();
  expect(windowPlace(null, input)).toEqual({ left: -0, top: -0, width: 100, height: 100 });
});

it('fills a square window with a box', () => {
  const { left, top, width, height } = windowPlace({ left: 8, top: 16, width: 16, height: 8 }, input);
  expect({ left, top, width, height }).toEqual({ left: -50, top: -75, width: 200, height: 200 });
});
