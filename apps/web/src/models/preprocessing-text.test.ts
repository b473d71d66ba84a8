import { describe, expect, it } from 'vitest';
import { preprocessingText, resizingText, valueRange } from './preprocessing-text.ts';

const preprocessing = {
  width: 299,
  height: 299,
  channelOrder: 'rgb' as const,
  scale: 1,
  mean: [0.5, 0.5, 0.5],
  std: [0.5, 0.5, 0.5],
  crop: 0.875,
  interpolation: 'bilinear' as const,
};

describe('the text of a preprocessing', () => {
  it('gives the range that a network reads', () => {
    expect(preprocessingText(preprocessing)).toBe('299 × 299 px, RGB in [-1, 1]');
  });

  it('spans the channels where they differ', () => {
    const perChannel = { ...preprocessing, mean: [0.485, 0.456, 0.406], std: [0.229, 0.224, 0.225] };
    expect(valueRange(perChannel)).toBe('[-2.118, 2.64]');
  });

  it.each([
    [1, '299 × 299 px, 1 channel in [-1, 1]'],
    [5, '299 × 299 px, 5 channels in [-1, 1]'],
  ])('calls nothing but three channels colours: %i', (channels, text) => {
    const each = Array.from({ length: channels }, () => 0.5);
    expect(preprocessingText({ ...preprocessing, mean: each, std: each })).toBe(text);
  });

  it('says what is kept of a photograph', () => {
    expect(resizingText(preprocessing)).toBe('bilinear, of the central 87.5% of the shorter side');
    expect(resizingText({ ...preprocessing, crop: 1, interpolation: 'bicubic' })).toBe(
      'bicubic, of the central square',
    );
  });
});
