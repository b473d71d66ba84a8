import * as fc from 'fast-check';
import { randomFor, startBackend, tf } from '@fovea/tensor';
import { beforeAll, expect, test } from 'vitest';
import { transformsOf } from './build.ts';
import { padReflect } from './pad.ts';
import type { TransformExpression } from './expression.ts';
import { jitter } from './jitter.ts';
import { randomScale, resizeBilinear } from './resize.ts';
import { randomRotate } from './rotate.ts';
import type { DrawContext, ImageShape, Transform } from './transform.ts';

beforeAll(async () => {
  await startBackend({ force: 'wasm', threads: 1 });
});

function contextFor(seed: number, step = 0): DrawContext {
  const modelInput = { height: 20, width: 20 };
  return { random: randomFor(seed, step, 'transforms'), step, steps: 10, modelInput };
}

function apply<Draw>(transform: Transform<Draw>, image: tf.Tensor4D, seed = 1): tf.Tensor4D {
  const { draw, shape } = transform.draw(image.shape, contextFor(seed));
  const applied = transform.apply(image, draw);
  expect(applied.shape).toEqual([...shape]);
  return applied;
}

function numbered(height: number, width: number): tf.Tensor4D {
  return tf.range(0, height * width).reshape([1, height, width, 1]);
}

test('jitter never leaves the image, and reaches all of its corners', () => {
  fc.assert(
    fc.property(
      fc.integer(),
      fc.integer({ min: 9, max: 200 }),
      fc.integer({ min: 1, max: 8 }),
      (seed, size, distance) => {
        const shape: ImageShape = [1, size, size + 3, 3];
        const { draw, shape: smaller } = jitter(distance).draw(shape, contextFor(seed));
        expect(smaller).toEqual([1, size - distance, size + 3 - distance, 3]);
        for (const offset of [draw.top, draw.left]) {
          expect(offset).toBeGreaterThanOrEqual(0);
          expect(offset).toBeLessThanOrEqual(distance);
        }
      },
    ),
  );
  const offsets = Array.from(
    { length: 200 },
    (_, seed) => jitter(3).draw([1, 9, 9, 3], contextFor(seed)).draw.top,
  );
  expect(new Set(offsets)).toEqual(new Set([0, 1, 2, 3]));
});

test('random scale changes the size as Lucid cuts it, in single precision', () => {
  const image = tf.zeros<tf.Rank.R4>([1, 144, 100, 3]);
  expect(apply(randomScale([0.9]), image).shape).toEqual([1, 129, 90, 3]);
  expect(apply(randomScale([1.1]), image).shape).toEqual([1, 158, 110, 3]);
});

test('resizing is TensorFlow 1 bilinear: corners stay and halves lie between', () => {
  const resized = resizeBilinear(tf.tensor4d([0, 1, 2, 3], [1, 2, 2, 1]), { height: 4, width: 4 });
  expect([...resized.dataSync()]).toEqual([0, 0.5, 1, 1, 1, 1.5, 2, 2, 2, 2.5, 3, 3, 2, 2.5, 3, 3]);
});

test('rotation by 180 degrees turns the image round, and fills with black what it does not cover', () => {
  const turned = apply(randomRotate([180]), numbered(5, 4).add(1));
  const expected = [...numbered(5, 4).add(1).reverse([1, 2]).dataSync()];
  // Lucid's 3.14 for π leaves a twentieth of a degree.
  [...turned.dataSync()].forEach((value, index) =>
    expect(Math.abs(value - expected[index]!)).toBeLessThan(0.2),
  );
  const corner = apply(randomRotate([45]), tf.ones<tf.Rank.R4>([1, 21, 21, 1])).dataSync();
  expect([corner[0], corner[10 * 21 + 10]]).toEqual([0, expect.closeTo(1, 5)]);
});

test('reflecting padding mirrors without repeating the edge', () => {
  const padded = apply(padReflect(2), tf.tensor4d([1, 2, 3, 1, 2, 3, 1, 2, 3], [1, 3, 3, 1]));
  expect(Array.from(padded.dataSync().slice(0, 7))).toEqual([3, 2, 1, 2, 3, 2, 1]);
});

const everyTransform: TransformExpression[] = [
  { type: 'pad', width: 3, mode: 'constant', value: 'uniform' },
  { type: 'pad', width: 3, mode: 'reflect' },
  { type: 'jitter', distance: 4 },
  { type: 'randomScale', of: [0.8, 1.2] },
  { type: 'randomScaleRange', from: 0.8, to: 1.2 },
  { type: 'randomRotate', of: [-20, 20] },
  { type: 'randomBlur', kernelSize: 5, from: 1, to: 1.1 },
  { type: 'randomFlip', horizontal: true, vertical: true },
  { type: 'cropOrPadTo', height: 9, width: 17 },
  { type: 'resize' },
  { type: 'randomCrops', crops: 3, boxFrom: 0.5, boxTo: 0.2, noise: 0 },
];

test.each(everyTransform.map((expression) => [expression.type, expression] as const))(
  '%s is linear up to a constant, and its gradient is the transpose of it',
  (_, expression) => {
    const transform = transformsOf([expression]);
    const shape: [number, number, number, number] = [1, 12, 13, 2];
    const { draw } = transform.draw(shape, contextFor(5));
    const random = randomFor(1, 0, 'images');
    const [a, b] = [0, 1].map(() =>
      tf.tensor4d(
        Float32Array.from({ length: 12 * 13 * 2 }, () => random.normal()),
        shape,
      ),
    ) as [tf.Tensor4D, tf.Tensor4D];
    const linear = (x: tf.Tensor4D) =>
      tf.sub(transform.apply(x, draw), transform.apply(tf.zerosLike(x), draw));
    const along = tf.randomNormal(transform.apply(a, draw).shape, 0, 1, 'float32', 3);
    const gradient = tf.grad((x) => tf.sum(tf.mul(transform.apply(x as tf.Tensor4D, draw), along)))(a);
    const expected = tf.sum(tf.mul(linear(b), along)).dataSync()[0]!;
    expect(tf.sum(tf.mul(gradient, b)).dataSync()[0]!).toBeCloseTo(expected, 2);
  },
);

test('a normalised gradient has the length that was asked for', () => {
  const transform = transformsOf([{ type: 'normalizeGradient', scales: [1, 3] }]);
  const image = tf.ones<tf.Rank.R4>([2, 4, 4, 3]);
  const gradient = tf.grad((x) => tf.sum(tf.square(transform.apply(x as tf.Tensor4D, [null]))))(image);
  const lengths = tf.sqrt(tf.sum(tf.square(gradient), [1, 2, 3])).dataSync();
  expect([...lengths]).toEqual([expect.closeTo(1, 5), expect.closeTo(3, 5)]);
});

test('an opaque picture hides the random background, and a transparent one shows it', () => {
  const transform = transformsOf([{ type: 'collapseAlphaRandom' }]);
  const rgb = tf.mul(tf.ones([1, 8, 8, 3]), 0.25);
  const over = (alpha: number) =>
    apply(transform, tf.concat([rgb, tf.mul(tf.ones([1, 8, 8, 1]), alpha)], 3) as tf.Tensor4D);
  expect(
    over(1)
      .dataSync()
      .every((value) => value === 0.25),
  ).toBe(true);
  expect(new Set(over(0).dataSync()).size).toBeGreaterThan(50);
});
