import { expect, test } from 'vitest';
import { z } from 'zod';
import { appearance, sampleBinaryImage, type Appearance } from './binary-image.ts';

const size = { height: 81, width: 121 };
const looks = z.object(appearance);
const image = (energy: (x: number, y: number) => number, look: Partial<Appearance> = {}) => {
  const pixels = sampleBinaryImage(size, energy, looks.parse(look));
  return (x: number, y: number) => [...pixels.subarray((y * 121 + x) * 3, (y * 121 + x) * 3 + 3)];
};
const disc = (radius: number) => (x: number, y: number) => radius - Math.hypot(x, y);

test('has its origin at the pixel (⌊width/2⌋, ⌊height/2⌋)', () => {
  const at = image(disc(0.2), { aliasFactor: 1 });
  expect(at(60, 40)).toEqual([255, 255, 255]);
  expect(at(59, 40)).toEqual([0, 0, 0]);
});

test('fills a disc of the right area', () => {
  const pixels = sampleBinaryImage(size, disc(30), looks.parse({ aliasFactor: 50 }));
  const area = pixels.reduce((sum, value) => sum + value, 0) / (3 * 255);
  expect(area / (Math.PI * 900)).toBeCloseTo(1, 2);
});

test('draws a boundary that reaches its width to either side', () => {
  const at = image(disc(30), { boundaryLine: true, boundaryWidth: 3 });
  expect([80, 86, 88, 90, 92, 94, 96].map((x) => at(x, 40)[0])).toEqual([255, 255, 0, 0, 0, 255, 255]);
  expect(at(60, 40)).toEqual([255, 255, 255]);
});

test('fades into a colour, wholly so after the fading distance', () => {
  const at = image(disc(1000), { fadeBeyondRadius: 20, fadeOverDistance: 10, fadeColor: '#ff0000' });
  expect(at(60 + 20, 40)).toEqual([255, 255, 255]);
  expect(at(60 + 25, 40)).toEqual([255, 128, 128]);
  expect(at(60 + 30, 40)).toEqual([255, 0, 0]);
  expect(at(60 + 55, 40)).toEqual([255, 0, 0]);
});

test('is ever more blurred beyond a radius, and sharp within it', () => {
  const edge = (_x: number, y: number) => y - 0.25;
  const softRows = (x: number, look: Partial<Appearance>) => {
    const at = image(edge, { aliasFactor: 200, ...look });
    return Array.from({ length: 81 }, (_, y) => at(x, y)[0]!).filter((value) => value > 0 && value < 255)
      .length;
  };
  expect(softRows(60, { blurBeyondRadius: 10 })).toBe(softRows(60, {}));
  expect(softRows(80, { blurBeyondRadius: 10 })).toBeGreaterThan(softRows(80, {}) + 5);
  expect(softRows(110, { blurBeyondRadius: 10 })).toBeGreaterThan(softRows(80, { blurBeyondRadius: 10 }));
});

test('skips no pixel that its samples would colour', () => {
  const skipped = sampleBinaryImage(size, disc(25), looks.parse({}));
  // An energy without a size tells nothing of the distance, so that every pixel is sampled.
  const sampled = sampleBinaryImage(size, (x, y) => Math.sign(disc(25)(x, y)) * 1e-9, looks.parse({}));
  expect(skipped).toEqual(sampled);
});
