import { describe, expect, it } from 'vitest';
import { formatBytes, formatValue } from './number.ts';

describe('formatBytes', () => {
  it.each([
    [0, '0 B'],
    [999, '999 B'],
    [1000, '1.00 kB'],
    [2_512_000, '2.51 MB'],
  ])('shows %d bytes as %s', (bytes, text) => {
    expect(formatBytes(bytes)).toBe(text);
  });
});

describe('formatValue', () => {
  it('keeps four significant digits', () => {
    expect(formatValue(-12.34567)).toBe('-12.35');
    expect(formatValue(0)).toBe('0');
  });

  it('uses powers of ten for the very small and the very large', () => {
    expect(formatValue(0.000012345)).toBe('1.23e-5');
    expect(formatValue(12_345_678)).toBe('1.23e+7');
  });
});
