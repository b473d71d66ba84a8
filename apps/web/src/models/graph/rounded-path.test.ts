import { expect, it } from 'vitest';
import { roundedPath } from './rounded-path.ts';

it('rounds a corner, but not more than half of the shorter side', () => {
  const path = roundedPath([
    { x: 0, y: 0 },
    { x: 0, y: 100 },
    { x: 6, y: 100 },
  ]);
  expect(path).toBe('M0 0L0 97Q0 100 3 100L6 100');
});

it('goes straight on through corners that lie on each other', () => {
  const path = roundedPath([
    { x: 0, y: 0 },
    { x: 0, y: 50 },
    { x: 0, y: 50 },
    { x: 0, y: 100 },
  ]);
  expect(path).not.toContain('NaN');
});
