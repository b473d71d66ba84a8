import * as fc from 'fast-check';
import * as tf from '@tensorflow/tfjs';
import { beforeAll, expect, test } from 'vitest';
import { startBackend } from '../../backends/ladder.ts';
import { permutedValues, planarValues, toPlanar } from './layout.ts';

beforeAll(async () => {
  await startBackend({ force: 'cpu' });
});

const tensors = fc.array(fc.integer({ min: 1, max: 4 }), { minLength: 1, maxLength: 5 }).chain((shape) =>
  fc.record({
    shape: fc.constant(shape),
    permutation: fc.shuffledSubarray([...shape.keys()], { minLength: shape.length }),
  }),
);

const counted = (shape: readonly number[]) =>
  Float32Array.from({ length: tf.util.sizeFromShape([...shape]) }, (_, index) => index);

test('values are permuted as tf.transpose permutes them', () => {
  fc.assert(
    fc.property(tensors, ({ shape, permutation }) => {
      const values = counted(shape);
      const expected = tf.tidy(() => tf.transpose(tf.tensor(values, shape), permutation).dataSync());
      expect(permutedValues(values, shape, permutation)).toEqual(expected);
    }),
  );
});

test('planar values are those of the planar shape', () => {
  const shape = [2, 3, 2, 2];
  const values = counted(shape);
  expect(toPlanar(shape)).toEqual([2, 2, 3, 2]);
  const expected = tf.tidy(() => tf.transpose(tf.tensor(values, shape), [0, 3, 1, 2]).dataSync());
  expect(planarValues(values, shape)).toEqual(expected);
});
