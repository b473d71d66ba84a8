import { expect, test } from 'vitest';
import { optimizerOf, type OptimizerName } from './build.ts';

/** Where a parameter that starts at `from` is after each of these gradients. */
function path(name: OptimizerName, learningRate: number, gradients: readonly number[], from = 0): number[] {
  const optimizer = optimizerOf(name, learningRate);
  const parameter = Float32Array.of(from);
  const memory = optimizer.initial([1]);
  return gradients.map((gradient, index) => {
    optimizer.step([parameter], [Float32Array.of(gradient)], memory, index + 1);
    return parameter[0]!;
  });
}

const close = (values: number[]) => values.map((value) => expect.closeTo(value, 5) as number);

test("Adam steps as TensorFlow 1's, epsilon beside the uncorrected deviation", () => {
  // From lr · √(1 - β₂ᵗ) / (1 - β₁ᵗ) · m / (√v + ε), in double precision.
  expect(path('adam', 0.05, [1, -0.5, 2])).toEqual(close([-0.05, -0.0633168, -0.0962224]));
  // Correcting first would have made steps of 0.0455 here.
  expect(path('adam', 0.05, [1e-7, 1e-7])).toEqual(close([-0.0120127, -0.0274608]));
});

test("Nadam steps by Keras's schedule of momentum", () => {
  // From the update rule of Dozat with μₜ = 0.9 (1 - 0.96^(0.004 t) / 2), in double precision.
  expect(path('nadam', 1, [1, -0.5, 2])).toEqual(close([-1.0564517, -0.645342, -1.643444]));
});

test('AdamW takes a hundredth of the learning rate from each value besides', () => {
  expect(path('adamw', 0.05, [1], 2)).toEqual(close([2 * (1 - 0.05 * 0.01) - 0.05]));
});

test('momentum keeps nine tenths of the last step, gradient descent nothing', () => {
  expect(path('momentum', 0.1, [1, 1, 0])).toEqual(close([-0.1, -0.29, -0.461]));
  expect(path('gradientDescent', 0.1, [1, 1, 0])).toEqual(close([-0.1, -0.2, -0.2]));
});

test('L-BFGS learns the curvature of a valley along which plain descent creeps', () => {
  const curvatures = [1, 10, 100];
  const optimizer = optimizerOf('lbfgs', 1);
  const parameters = Float32Array.of(1, 1, 1);
  const memory = optimizer.initial([3]);
  for (let update = 1; update <= 20; update++) {
    const gradient = parameters.map((value, index) => curvatures[index]! * value);
    optimizer.step([parameters], [gradient], memory, update);
  }
  expect(Math.hypot(...parameters)).toBeLessThan(1e-3);
});
