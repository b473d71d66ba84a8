import { tf } from '@fovea/tensor';
import * as fc from 'fast-check';
import { beforeAll, expect, test } from 'vitest';
import { permuteAxes } from './strided.ts';

beforeAll(() => tf.setBackend('cpu'));

const arrangement = fc.array(fc.integer({ min: 0, max: 4 }), { maxLength: 4 }).chain((shape) =>
  fc.record({
    shape: fc.constant(shape),
    order: fc.shuffledSubarray(
      shape.map((_, axis) => axis),
      { minLength: shape.length, maxLength: shape.length },
    ),
  }),
);

test('permuting axes gives what the engine gives', () => {
  fc.assert(
    fc.property(arrangement, ({ shape, order }) => {
      const count = shape.reduce((product, length) => product * length, 1);
      const values = Float32Array.from({ length: count }, (_, index) => index);
      const expected = tf.tidy(() => [...tf.tensor(values, shape).transpose(order).dataSync()]);
      expect([...permuteAxes(values, shape, order)]).toEqual(expected);
    }),
  );
});

test('permuting a part of an array leaves the rest alone', () => {
  const values = new Float32Array([9, 9, 1, 2, 3, 4, 5, 6, 9]);
  expect([...permuteAxes(values.subarray(2, 8), [2, 3], [1, 0])]).toEqual([1, 4, 2, 5, 3, 6]);
});
