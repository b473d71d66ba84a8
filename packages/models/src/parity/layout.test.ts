import { startBackend, tf } from '@fovea/tensor';
import * as fc from 'fast-check';
import { beforeAll, describe, expect, test } from 'vitest';
import type { Axis } from '../hooked-model.ts';
import { arrange, layoutsFor, usualShapes } from './layout.ts';

beforeAll(() => startBackend());

const image: readonly Axis[] = ['height', 'width', 'channel'];
const tokens: readonly Axis[] = ['position', 'channel'];
const heads: readonly Axis[] = ['position', 'head', 'channel'];

/** Flat indices of ours, in the order of the reference. */
function arranged(given: number[], axes: readonly Axis[], reference: number[]): number[] | undefined {
  const [layout] = layoutsFor(given, axes, reference);
  if (!layout) return undefined;
  return tf.tidy(() => {
    const count = given.reduce((product, length) => product * length, 1);
    return [...arrange(tf.range(0, count).reshape(given), layout, reference).dataSync()];
  });
}

describe('an image of ours', () => {
  test('is recorded with channels first, or last where only that fits', () => {
    expect(arranged([1, 2, 2, 3], image, [1, 3, 2, 2])).toEqual([0, 3, 6, 9, 1, 4, 7, 10, 2, 5, 8, 11]);
    expect(arranged([1, 2, 2, 3], image, [1, 2, 2, 3])).toEqual([...Array(12).keys()]);
  });

  test('is recorded as tokens', () => {
    expect(arranged([1, 2, 2, 3], image, [1, 4, 3])).toEqual([...Array(12).keys()]);
  });

  test('is recorded flat as a classifier reads it, channels first', () => {
    expect(arranged([1, 2, 2, 3], image, [1, 12])).toEqual([0, 3, 6, 9, 1, 4, 7, 10, 2, 5, 8, 11]);
  });

  test('may have lost its height and width', () => {
    expect(arranged([2, 5], ['channel'], [2, 5, 1, 1])).toEqual([...Array(10).keys()]);
    expect(arranged([1, 1, 1, 5], image, [1, 5])).toEqual([...Array(5).keys()]);
  });
});

describe('tokens of ours', () => {
  test('are recorded as an image with channels first', () => {
    expect(arranged([1, 4, 2], tokens, [1, 2, 2, 2])).toEqual([0, 2, 4, 6, 1, 3, 5, 7]);
  });

  test('are recorded with the batch behind the positions', () => {
    expect(arranged([2, 3, 1], tokens, [3, 2, 1])).toEqual([0, 3, 1, 4, 2, 5]);
  });

  test('by head are recorded with heads in front, or merged with the channels', () => {
    expect(arranged([1, 2, 3, 1], heads, [1, 3, 2, 1])).toEqual([0, 3, 1, 4, 2, 5]);
    expect(arranged([1, 2, 3, 1], heads, [1, 2, 3])).toEqual([0, 1, 2, 3, 4, 5]);
  });
});

test('a shape of as many elements that is no arrangement is refused', () => {
  expect(layoutsFor([1, 4, 6], tokens, [1, 3, 8])).toEqual([]);
  expect(layoutsFor([1, 4, 6], tokens, [1, 4, 5])).toEqual([]);
});

test('an arrangement loses and doubles nothing', () => {
  const lengths = fc.array(fc.integer({ min: 1, max: 4 }), { minLength: 4, maxLength: 4 });
  fc.assert(
    fc.property(lengths, ([batch, height, width, channels]) => {
      const given = [batch!, height!, width!, channels!];
      for (const reference of usualShapes(given, image)) {
        const values = arranged(given, image, [...reference])!;
        expect(values.toSorted((a, b) => a - b)).toEqual([...values.keys()]);
      }
    }),
  );
});

test('a shape that is ours as it is is taken as it is', () => {
  const channelsLast = [1, 16, 16, 256];
  expect(arranged(channelsLast, image, channelsLast)).toEqual([...Array(16 * 16 * 256).keys()]);
});
