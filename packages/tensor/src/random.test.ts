import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { randomFor } from './random.ts';

const draw = (seed: number, step: number, purpose: string) => {
  const random = randomFor(seed, step, purpose);
  return Array.from({ length: 8 }, () => random.uniform());
};

describe('randomFor', () => {
  test('is a function of seed, step and purpose', () => {
    fc.assert(
      fc.property(fc.nat(), fc.nat(), fc.string(), (seed, step, purpose) => {
        expect(draw(seed, step, purpose)).toEqual(draw(seed, step, purpose));
      }),
    );
  });

  test('gives another stream when any of them differs', () => {
    const base = draw(1, 2, 'jitter');
    expect(draw(2, 2, 'jitter')).not.toEqual(base);
    expect(draw(1, 3, 'jitter')).not.toEqual(base);
    expect(draw(1, 2, 'rotation')).not.toEqual(base);
  });

  test('does not change between versions, since stored runs depend on it', () => {
    const random = randomFor(42, 7, 'test');
    expect([random.uniform(), random.integer(1000), random.normal()]).toMatchInlineSnapshot(`
      [
        0.34913891553878784,
        681,
        1.2022533965403563,
      ]
    `);
  });

  test('stays in its range', () => {
    fc.assert(
      fc.property(fc.nat(), fc.integer({ min: 1, max: 1000 }), (seed, count) => {
        const value = randomFor(seed, 0, 'range').integer(count);
        expect(Number.isInteger(value) && value >= 0 && value < count).toBe(true);
      }),
    );
  });

  test('draws normal values of mean 0 and deviation 1', () => {
    const random = randomFor(5, 0, 'normal');
    const values = Array.from({ length: 20_000 }, () => random.normal());
    const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
    const variance = values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length;
    expect(Math.abs(mean)).toBeLessThan(0.02);
    expect(Math.abs(variance - 1)).toBeLessThan(0.03);
  });
});
