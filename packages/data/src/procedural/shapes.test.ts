import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { arc, circle, filled, place, polygon, segment, stroked } from './shapes.ts';

const coordinate = fc.double({ min: -40, max: 40, noNaN: true });

describe('shapes', () => {
  it('measures the distance to an arc as to the nearest of its points', () => {
    const length = fc.double({ min: 0.2, max: 3, noNaN: true });
    fc.assert(
      fc.property(
        fc.double({ min: 2, max: 30, noNaN: true }),
        length,
        coordinate,
        coordinate,
        (r, half, x, y) => {
          const points = Array.from({ length: 2001 }, (_, i) => (i / 1000 - 1) * half);
          const nearest = Math.min(
            ...points.map((t) => Math.hypot(x - r * Math.sin(t), y - r * Math.cos(t))),
          );
          expect(arc(r, half)(x, y)).toBeCloseTo(nearest, 1);
        },
      ),
    );
  });

  it('is negative inside a polygon and positive outside', () => {
    const square = polygon([
      [-5, -5],
      [5, -5],
      [5, 5],
      [-5, 5],
    ]);
    expect(square(0, 0)).toBeCloseTo(-5);
    expect(square(4, 0)).toBeCloseTo(-1);
    expect(square(8, 9)).toBeCloseTo(5);
  });

  it('moves and turns a shape without changing its size', () => {
    const angle = fc.double({ min: -7, max: 7, noNaN: true });
    fc.assert(
      fc.property(coordinate, coordinate, angle, coordinate, coordinate, (cx, cy, turn, u, v) => {
        const shape = segment([-10, 0], [10, 0]);
        const x = cx + Math.cos(turn) * u - Math.sin(turn) * v;
        const y = cy + Math.sin(turn) * u + Math.cos(turn) * v;
        expect(place(shape, cx, cy, turn)(x, y)).toBeCloseTo(shape(u, v), 6);
      }),
    );
  });

  it('covers whole pixels inside, none outside, and part of those on the border', () => {
    const disc = filled(circle(10), 2);
    expect([disc(0, 0), disc(10, 0), disc(12, 0)]).toEqual([1, 0.5, 0]);
    const ring = stroked(circle(10), 4, 1);
    expect([ring(0, 0), ring(10, 0), ring(12, 0), ring(13, 0)]).toEqual([0, 1, 0.5, 0]);
  });
});
