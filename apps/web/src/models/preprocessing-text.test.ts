import { describe, expect, it } from 'vitest';
import { preprocessingText, valueRange } from './preprocessing-text.ts';

const preprocessing = {
  width: 299,
  height: 299,
  channelOrder: 'rgb' as const,
  scale: 1,
  mean: [0.5, 0.5, 0.5],
  std: [0.5, 0.5, 0.5],
};

describe('the text of a preprocessing', () => {
  it('gives the range that a network reads', () => {
    expect(preprocessingText(preprocessing)).toBe('299 × 299 px, RGB in [-1, 1]');
  });

  it('spans the channels where they differ', () => {
    const perChannel = { ...preprocessing, mean: [0.485, 0.456, 0.406], std: [0.229, 0.224, 0.225] };
    expect(valueRange(perChannel)).toBe('[-2.118, 2.64]');
  });
});
