import { describe, expect, it } from 'vitest';
import { formatAge, formatDuration } from './time.ts';

describe('formatDuration', () => {
  it.each([
    [12, '12 ms'],
    [12_400, '12.4 s'],
    [185_000, '3 min 05 s'],
    [119_700, '2 min 00 s'],
    [7_440_000, '2 h 04 min'],
  ])('shows %d ms as %s', (milliseconds, text) => {
    expect(formatDuration(milliseconds)).toBe(text);
  });
});

describe('formatAge', () => {
  const now = Date.parse('2026-01-01T12:00:00Z');

  it('calls the last few seconds now', () => {
    expect(formatAge('2026-01-01T11:59:58Z', now)).toBe('now');
  });

  it('counts in the largest unit that fits', () => {
    expect(formatAge('2026-01-01T11:57:00Z', now)).toBe('3 min ago');
    expect(formatAge('2025-12-30T12:00:00Z', now)).toBe('2 days ago');
  });
});
