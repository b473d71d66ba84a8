import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { stimuli } from './stimuli.ts';
import { stimulusSet } from './stimulus-set.ts';

const size = { height: 65, width: 65 };
const draw = (stimulus: string, parameters: Record<string, number | string | boolean>, of = size) =>
  stimulusSet({ stimulus, ...of, parameters }).image('all', 0).pixels;

/** A quarter turn clockwise of a square image. */
function turned(pixels: Uint8Array, side: number): Uint8Array {
  const out = new Uint8Array(pixels.length);
  for (let y = 0; y < side; y++)
    for (let x = 0; x < side; x++) {
      const from = ((side - 1 - x) * side + y) * 3;
      out.set(pixels.subarray(from, from + 3), (y * side + x) * 3);
    }
  return out;
}

/** From 0, where two images are equal, to 1. */
const difference = (a: Uint8Array, b: Uint8Array) =>
  a.reduce((sum, value, index) => sum + Math.abs(value - b[index]!), 0) / (255 * a.length);

describe.each(stimuli.filter(({ period }) => period !== null))('$name', ({ name, period, parameters }) => {
  /** So many samples that their places do not matter. */
  const fine: Record<string, number> = 'aliasFactor' in parameters ? { aliasFactor: 100 } : {};

  test('turns clockwise with its orientation', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 359 }), (orientation) => {
        const quarter = draw(name, { ...fine, orientation: orientation + 90 });
        expect(difference(quarter, turned(draw(name, { ...fine, orientation }), 65))).toBeLessThan(0.01);
      }),
      { numRuns: 20 },
    );
  });

  test('comes back after its period', () => {
    expect(
      difference(draw(name, { orientation: 20 }), draw(name, { orientation: 20 + period! })),
    ).toBeLessThan(0.01);
  });
});

describe.each([...stimuli])('$name', ({ name, parameters }) => {
  test('has a title and a description for each parameter, and draws its defaults', () => {
    for (const schema of Object.values(parameters)) {
      expect(schema.description).toMatch(/\w/);
      expect(schema.meta()!.title).toMatch(/\w/);
    }
    const pixels = draw(name, {}, { height: 90, width: 120 });
    expect(pixels).toHaveLength(90 * 120 * 3);
    expect(new Set(pixels).size).toBeGreaterThan(1);
    expect(draw(name, {}, { height: 90, width: 120 })).toEqual(pixels);
  });
});

test('a sine grating is the cosine that it is told to be', () => {
  const pixels = draw('grating', { orientation: 90, wavelength: 13, phase: 40, contrast: 0.6 });
  for (let x = 0; x < 65; x++) {
    const wave = Math.cos((-2 * Math.PI * (x - 32)) / 13 + (40 * Math.PI) / 180);
    expect(pixels[(20 * 65 + x) * 3]! / 255).toBeCloseTo(0.5 + 0.3 * wave, 2);
  }
});

test('a square grating has stripes of half a wavelength', () => {
  const pixels = draw('grating', { orientation: 0, wavelength: 16, square: true });
  const column = Array.from({ length: 65 }, (_, y) => pixels[y * 65 * 3]!);
  expect(column.slice(32 - 3, 32 + 4)).toEqual(Array(7).fill(255));
  expect(column.slice(40 - 3, 40 + 4)).toEqual(Array(7).fill(0));
});

test('a Gabor patch is g·cos, fading to the mean', () => {
  const pixels = draw('gabor', { orientation: 0, wavelength: 20, deviation: 6, aspect: 0.5 });
  const at = (x: number, y: number) => pixels[((32 + y) * 65 + 32 + x) * 3]! / 255;
  for (const [x, y] of [
    [0, 0],
    [5, 3],
    [-10, 8],
    [0, 30],
  ] as const) {
    const window = Math.exp(-(y * y + 0.25 * x * x) / 72);
    expect(at(x, y)).toBeCloseTo(0.5 + 0.5 * window * Math.cos((2 * Math.PI * y) / 20), 2);
  }
});

test('a high-low frequency boundary changes faster on the side to which it points', () => {
  const pixels = draw('high-low-frequency', { orientation: 0 });
  const changes = (from: number, to: number) => {
    let sum = 0;
    for (let x = from; x < to; x++)
      sum += Math.abs(pixels[(32 * 65 + x + 1) * 3]! - pixels[(32 * 65 + x) * 3]!);
    return sum;
  };
  expect(changes(36, 64)).toBeGreaterThan(2.5 * changes(0, 28));
});

test.each([...stimuli])('the usual set of $name varies its parameters', ({ name, usual }) => {
  const set = stimulusSet({ stimulus: name, parameters: usual });
  expect(set.splits.all).toBeGreaterThan(4);
  expect(set.splits.all).toBeLessThanOrEqual(400);
});
