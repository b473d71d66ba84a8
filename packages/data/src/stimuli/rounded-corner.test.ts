import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { appearance } from './binary-image.ts';
import { roundedCorner, roundedCornerEnergy } from './rounded-corner.ts';
import { stimulusSet } from './stimulus-set.ts';

const size = { height: 101, width: 101 };

const drawn = (parameters: Record<string, number | string | boolean>, of = size) =>
  stimulusSet({ stimulus: 'rounded-corner', ...of, parameters }).image('all', 0).pixels;

/** Share of colour a, on black and white. */
function areaOf(pixels: Uint8Array): number {
  return pixels.reduce((sum, value) => sum + value, 0) / (255 * pixels.length);
}

/** As methods are written down: with the sine of π/4 + asin. */
function writtenDown(orientation: number, r: number, angularWidth: number, x: number, y: number): number {
  const o = (orientation * Math.PI) / 180 + Math.PI / 2;
  const width = (angularWidth * Math.PI) / 180;
  const [ang1, ang2] = [o - width / 2, o + width / 2 + Math.PI];
  const X = Math.cos(ang1) * x + Math.sin(ang1) * y + r * (1 - 1 / Math.sqrt(2));
  const Y = Math.cos(ang2) * x + Math.sin(ang2) * y + r * (1 - 1 / Math.sqrt(2));
  if (Math.abs(X - Y) > r) return Math.min(X, Y);
  const u = Math.min(1, Math.max(-1, (X - Y) / (Math.max(r, 1e-6) * Math.sqrt(2))));
  return Y + r * Math.sin(Math.PI / 4 + Math.asin(u)) - r;
}

const corners = fc.record({
  orientation: fc.double({ min: -720, max: 720, noNaN: true }),
  radius: fc.double({ min: 0, max: 500, noNaN: true }),
  angularWidth: fc.double({ min: 1, max: 180, noNaN: true }),
});
const coordinate = fc.double({ min: -200, max: 200, noNaN: true });

test("is Lucid's energy", () => {
  fc.assert(
    fc.property(corners, coordinate, coordinate, (corner, x, y) => {
      const { orientation, radius, angularWidth } = corner;
      const energy = roundedCornerEnergy(corner)(x, y);
      expect(energy).toBeCloseTo(writtenDown(orientation, radius, angularWidth, x, y), 8);
    }),
  );
});

test('has an energy that never outruns the distance, on which sampling relies', () => {
  fc.assert(
    fc.property(corners, coordinate, coordinate, coordinate, coordinate, (corner, x, y, dx, dy) => {
      const energy = roundedCornerEnergy(corner);
      expect(Math.abs(energy(x + dx, y + dy) - energy(x, y))).toBeLessThanOrEqual(Math.hypot(dx, dy) + 1e-9);
    }),
  );
});

test('turns with its orientation', () => {
  fc.assert(
    fc.property(
      corners,
      coordinate,
      coordinate,
      fc.double({ min: -360, max: 360, noNaN: true }),
      (corner, x, y, turn) => {
        const [cos, sin] = [Math.cos((turn * Math.PI) / 180), Math.sin((turn * Math.PI) / 180)];
        const turned = roundedCornerEnergy({ ...corner, orientation: corner.orientation + turn });
        expect(turned(cos * x - sin * y, sin * x + cos * y)).toBeCloseTo(
          roundedCornerEnergy(corner)(x, y),
          8,
        );
      },
    ),
  );
});

test('passes through the origin, whatever its radius, at a right angle', () => {
  fc.assert(
    fc.property(corners, (corner) => {
      expect(roundedCornerEnergy({ ...corner, angularWidth: 90 })(0, 0)).toBeCloseTo(0, 9);
    }),
  );
});

test('is a circle of its radius about the point that far to where it opens', () => {
  const energy = roundedCornerEnergy({ orientation: 0, radius: 40, angularWidth: 90 });
  for (const angle of [-0.7, -0.3, 0, 0.4, 0.75])
    expect(energy(40 - 40 * Math.cos(angle), 40 * Math.sin(angle))).toBeCloseTo(0, 9);
  expect(energy(40, 0)).toBeGreaterThan(0);
  expect(energy(-1, 0)).toBeLessThan(0);
});

test('becomes a straight edge towards an infinite radius', () => {
  const pixels = drawn({ orientation: 0, radius: 1e6 });
  const rows = Array.from({ length: 101 }, (_, y) =>
    Array.from({ length: 101 }, (_, x) => pixels[(y * 101 + x) * 3]!),
  );
  for (const row of rows) {
    expect(row.slice(0, 50)).toEqual(Array(50).fill(0));
    expect(row.slice(51)).toEqual(Array(50).fill(255));
  }
});

test('becomes a sharp corner at radius 0: a quarter of the image', () => {
  const pixels = drawn({ orientation: 45, radius: 0 });
  for (const [x, y, value] of [
    [52, 52, 255],
    [48, 52, 0],
    [52, 48, 0],
    [48, 48, 0],
  ] as const)
    expect(pixels[(y * 101 + x) * 3]).toBe(value);
  expect(areaOf(pixels)).toBeCloseTo(0.25, 2);
});

test('loses (1 − π/4)r² to its arc, and gains what its shift lets in', () => {
  const radius = 20;
  const shift = radius * (1 - Math.SQRT1_2);
  const side = 50.5 + shift;
  const expected = (side * side - (1 - Math.PI / 4) * radius * radius) / (101 * 101);
  expect(areaOf(drawn({ orientation: 45, radius, aliasFactor: 64 }))).toBeCloseTo(expected, 3);
});

test('has as many white pixels as black ones have in the colours changed over', () => {
  const white = drawn({ orientation: 30, radius: 25 });
  const black = drawn({ orientation: 30, radius: 25, colorA: '#000000', colorB: '#ffffff' });
  white.forEach((value, index) => expect(Math.abs(value + black[index]! - 255)).toBeLessThanOrEqual(1));
});

test('is drawn white on black and filled, if nothing else is asked for', () => {
  const { colorA, colorB, boundaryLine, aliasFactor } = appearance;
  expect([colorA, colorB].map((schema) => schema.parse(undefined))).toEqual(['#ffffff', '#000000']);
  expect([boundaryLine.parse(undefined), aliasFactor.parse(undefined)]).toEqual([false, 10]);
  expect(roundedCorner.parameters.angularWidth!.parse(undefined)).toBe(90);
});
