/** Lucid's definitions; its FFT and colours are compared with fixtures in lucid-fixture.test.ts. */
import { randomFor, startBackend, tf } from '@fovea/tensor';
import { beforeAll, describe, expect, test } from 'vitest';
import { bilinearlySampledImage } from './bilinearly-sampled-image.ts';
import { parametrizationOf, type ParametrizationOptions } from './build.ts';
import { lowresField } from './lowres.ts';
import { toTensors, type Field } from './parametrization.ts';
import { constrainL2, constrainLInf, unitBallL2Field, unitBallLInfField } from './unit-ball.ts';

beforeAll(async () => {
  await startBackend({ force: 'wasm', threads: 1 });
});

const random = () => randomFor(1, 0, 'parameters');
const initial = (options: ParametrizationOptions) => parametrizationOf(options).initial(random());

function deviation(values: Float32Array): number {
  return Math.sqrt(values.reduce((sum, value) => sum + value * value, 0) / values.length);
}

function imageOf(options: ParametrizationOptions): tf.Tensor4D {
  const parametrization = parametrizationOf(options);
  return parametrization.image(toTensors(parametrization.initial(random())));
}

describe('the start', () => {
  test.each(['pixel', 'fft', 'laplacian', 'lowres'] as const)('of %s has a deviation of 0.01', (kind) => {
    for (const { values } of initial({ kind, batch: 2, height: 64, width: 64 }))
      expect(Math.abs(deviation(values) / 0.01 - 1)).toBeLessThan(0.2);
  });

  test('of a Laplacian pyramid is four levels, each half as large', () => {
    const shapes = initial({ kind: 'laplacian', batch: 2, height: 64, width: 48 }).map(({ shape }) => shape);
    expect(shapes).toEqual([
      [2, 64, 48, 3],
      [2, 32, 24, 3],
      [2, 16, 12, 3],
      [2, 8, 6, 3],
    ]);
  });

  test('of a CPPN is eight layers of 24 units and one grey', () => {
    const shapes = initial({ kind: 'cppn', batch: 1, height: 8, width: 8 }).map(({ shape }) => shape);
    expect(shapes).toHaveLength(2 * 9);
    expect(shapes.slice(0, 4)).toEqual([[2, 24], [24], [48, 24], [24]]);
    expect(shapes.slice(-2)).toEqual([[48, 3], [3]]);
    const image = imageOf({ kind: 'cppn', batch: 1, height: 8, width: 8 });
    const { variance } = tf.moments(image, [1, 2]);
    expect(Math.max(...variance.dataSync())).toBeLessThan(1e-10);
  });
});

test('alpha is a fourth channel, grey is one channel three times, other channels are squashed one by one', () => {
  const size = { kind: 'fft', batch: 2, height: 10, width: 9 } as const;
  expect(imageOf({ ...size, alpha: true }).shape).toEqual([2, 10, 9, 4]);
  expect(imageOf({ ...size, channels: 5 }).shape).toEqual([2, 10, 9, 5]);
  const [red, green, blue] = tf.split(imageOf({ ...size, grayscale: true }), 3, 3);
  expect(green!.dataSync()).toEqual(red!.dataSync());
  expect(blue!.dataSync()).toEqual(red!.dataSync());
});

const valuesOf = (field: Field, parameters: readonly tf.Tensor[]) => [...field.values(parameters).dataSync()];

describe('a low-resolution tensor', () => {
  const small = () => tf.tensor4d([1, 3], [1, 1, 2, 1]);

  test('is interpolated as TensorFlow 1 does it, and shared by the batch', () => {
    expect(valuesOf(lowresField([2, 1, 4, 1], [1, 1, 2, 1]), [small()])).toEqual([1, 2, 3, 3, 1, 2, 3, 3]);
  });

  test('is moved by an offset, mirrored at the start', () => {
    const moved = (offset: number | 'half') =>
      valuesOf(lowresField([1, 1, 4, 1], [1, 1, 2, 1], { offset: [0, 0, offset, 0] }), [small()]);
    expect(moved(2)).toEqual([2, 1, 1, 2]);
    expect(moved('half')).toEqual([1, 1, 2, 3]);
  });
});

describe('a unit ball', () => {
  const gradientOf = (constrain: (x: tf.Tensor1D) => tf.Tensor1D, x: number[], dy: number[]) => [
    ...tf
      .grad((value) => constrain(value as tf.Tensor1D))(tf.tensor1d(x), tf.tensor1d(dy))
      .dataSync(),
  ];

  test('of L2 holds longer vectors at length 1, whose gradient cannot push them out', () => {
    expect([...constrainL2(tf.tensor1d([3, 4])).dataSync()]).toEqual([
      expect.closeTo(0.6, 6),
      expect.closeTo(0.8, 6),
    ]);
    expect([...constrainL2(tf.tensor1d([0.3, 0.4])).dataSync()]).toEqual([
      expect.closeTo(0.3, 6),
      expect.closeTo(0.4, 6),
    ]);
    // Losses are minimised: -x pushes outwards, +x inwards.
    expect(gradientOf(constrainL2, [2, 0], [-1, 1])).toEqual([0, 1]);
    expect(gradientOf(constrainL2, [2, 0], [1, 1])).toEqual([1, 1]);
  });

  test('of L∞ clips, drops what pushes outwards, and counts signs alone where it preconditions', () => {
    expect([...constrainLInf(tf.tensor1d([-3, 0.5, 2])).dataSync()]).toEqual([-1, 0.5, 1]);
    const plain = (x: tf.Tensor1D) => constrainLInf(x);
    const signs = (x: tf.Tensor1D) => constrainLInf(x, { precondition: true });
    expect(gradientOf(plain, [-3, 0.5, 2, 2], [4, 4, 4, -4])).toEqual([0, 4, 4, 0]);
    expect(gradientOf(signs, [-3, 0.5, 2, 2], [4, 4, 4, -4])).toEqual([0, 1, 1, 0]);
  });

  test.each([unitBallL2Field, unitBallLInfField])('starts at its middle', (makeField) => {
    const [start] = makeField([1, 2, 2, 3]).initial(random());
    expect(start!.values).toEqual(new Float32Array(12));
  });
});

test('a renderer reads a texture upside down, between its pixels, and repeats it', () => {
  const texture = tf.tensor4d([1, 2, 3, 4], [1, 2, 2, 1]);
  const at = (u: number, v: number) =>
    bilinearlySampledImage(texture, Float32Array.of(u, v), [1, 1]).dataSync()[0];
  expect(at(0.25, 0.75)).toBe(1);
  expect(at(0.75, 0.25)).toBe(4);
  expect(at(0.5, 0.75)).toBe(1.5);
  expect(at(1.25, -0.25)).toBe(1);
});
