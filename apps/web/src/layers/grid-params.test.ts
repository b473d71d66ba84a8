import { describe, expect, it } from 'vitest';
import { rangeParser } from './grid-params.ts';

describe('a range in the address', () => {
  it.each([
    { measure: 'curve.R', from: 0.8, to: null },
    { measure: 'nonZeroFraction', from: null, to: 0.01 },
    { measure: `mean@${'a'.repeat(64)}`, from: -1.5, to: 2e-7 },
  ])('comes back as it was: %o', (range) => {
    expect(rangeParser.parse(rangeParser.serialize(range))).toEqual(range);
  });

  it.each(['', 'curve.R', 'curve.R:a~b', 'curve.R:--1~'])('is none where it says %j', (text) => {
    expect(rangeParser.parse(text)).toBeNull();
  });
});
