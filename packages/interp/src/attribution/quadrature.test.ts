import { expect, test } from 'vitest';
import { gaussLegendre, midpoints } from './quadrature.ts';

test.each([1, 2, 3, 5, 10, 50])('%i points of Gauss and Legendre are exact up to degree 2n − 1', (n) => {
  const { points, weights } = gaussLegendre(n);
  for (let degree = 0; degree < 2 * n; degree++) {
    const mean = points.reduce((sum, point, index) => sum + weights[index]! * point ** degree, 0);
    expect(mean).toBeCloseTo(1 / (degree + 1), 12);
  }
});

test('three points are those of the tables', () => {
  const { points, weights } = gaussLegendre(3);
  [0.5 - Math.sqrt(0.15), 0.5, 0.5 + Math.sqrt(0.15)].forEach((point, index) =>
    expect(points[index]).toBeCloseTo(point, 14),
  );
  [5 / 18, 8 / 18, 5 / 18].forEach((weight, index) => expect(weights[index]).toBeCloseTo(weight, 14));
});

test('midpoints lie in the middle', () => {
  expect(midpoints(4).points).toEqual([0.125, 0.375, 0.625, 0.875]);
});
