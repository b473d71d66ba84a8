import { Matrix } from 'ml-matrix';
import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  compose,
  compositionScore,
  eigenvaluePositivity,
  eigenvalues,
  factoredMatrix,
  norm,
  product,
  svd,
  trace,
  transpose,
  type FactoredMatrix,
} from './factored-matrix.ts';

const entry = fc.double({ min: -2, max: 2, noNaN: true });

const matrix = (rows: number, columns: number) =>
  fc
    .array(entry, { minLength: rows * columns, maxLength: rows * columns })
    .map((values) => Matrix.from1DArray(rows, columns, values));

/** Of inner dimensions below, at and above the outer ones. */
const factored = (rows: number, columns: number): fc.Arbitrary<FactoredMatrix> =>
  fc
    .integer({ min: 1, max: 6 })
    .chain((rank) => fc.tuple(matrix(rows, rank), matrix(rank, columns)))
    .map(([left, right]) => factoredMatrix(left, right));

function expectSame(one: Matrix, other: Matrix) {
  expect([one.rows, one.columns]).toEqual([other.rows, other.columns]);
  expect(Matrix.sub(one, other).norm()).toBeLessThan(1e-9 * (1 + other.norm()));
}

const rotation = (angle: number) =>
  new Matrix([
    [Math.cos(angle), -Math.sin(angle)],
    [Math.sin(angle), Math.cos(angle)],
  ]);

describe('closed forms', () => {
  test('of an outer product', () => {
    const outer = factoredMatrix(new Matrix([[1], [2], [2]]), new Matrix([[3, 0, 4]]));
    expect(norm(outer)).toBeCloseTo(15, 10);
    expect(svd(outer).singularValues.map((value) => Math.round(value * 1e9) / 1e9)).toEqual([15]);
    expect(trace(outer)).toBeCloseTo(11, 10);
    expect(eigenvalues(outer)).toEqual([{ real: 11, imaginary: 0 }]);
  });

  test('of a rotation, whose eigenvalues are e^±iφ', () => {
    const [first, second] = eigenvalues(factoredMatrix(rotation(0.7), Matrix.eye(2)));
    expect(first!.real).toBeCloseTo(Math.cos(0.7), 10);
    expect(first!.imaginary).toBeCloseTo(Math.sin(0.7), 10);
    expect(second!.imaginary).toBeCloseTo(-Math.sin(0.7), 10);
  });

  test('of a copy, of a negative, and of a turn by a right angle', () => {
    const positivity = (left: Matrix) => eigenvaluePositivity(factoredMatrix(left, Matrix.eye(2)));
    expect(positivity(Matrix.eye(2))).toBeCloseTo(1, 10);
    expect(positivity(Matrix.eye(2).mul(-1))).toBeCloseTo(-1, 10);
    expect(positivity(rotation(Math.PI / 2))).toBeCloseTo(0, 10);
  });

  test('of a matrix whose powers vanish, and of zero', () => {
    const shift = new Matrix([
      [0, 0, 0],
      [0, 0, 8e-12],
      [0, 1, 0],
    ]);
    for (const { real, imaginary } of eigenvalues(factoredMatrix(shift, Matrix.eye(3)))) {
      expect(Math.hypot(real, imaginary)).toBeLessThan(1e-5);
    }
    expect(eigenvalues(factoredMatrix(Matrix.zeros(2, 2), Matrix.eye(2)))).toEqual([
      { real: 0, imaginary: 0 },
      { real: 0, imaginary: 0 },
    ]);
  });

  test('of factors whose product vanishes', () => {
    const left = new Matrix([
      [1.1, -1.1],
      [1.7, -1.7],
      [0.3, -0.3],
    ]);
    const right = new Matrix([
      [1.9, 0.7, 1.3],
      [1.9, 0.7, 1.3],
    ]);
    expect(norm(factoredMatrix(left, right))).toBeLessThan(1e-14);
  });

  test('of a matrix with entries that have no squares', () => {
    const dusty = new Matrix([
      [5e-324, 5e-324, -2],
      [5e-324, 0, 5e-324],
      [-2, 0, 1e-170],
      [5e-324, 5e-324, 1e-160],
    ]);
    const [first, second, third] = svd(factoredMatrix(dusty, Matrix.eye(3))).singularValues;
    expect(first).toBeCloseTo(2, 10);
    expect(second).toBeCloseTo(2, 10);
    expect(third).toBeCloseTo(0, 10);
  });

  test('of what reads just what is written, and of what reads none of it', () => {
    const writes = factoredMatrix(new Matrix([[1], [0], [0]]), new Matrix([[0, 1, 0]]));
    const reads = (direction: number[]) =>
      factoredMatrix(new Matrix(direction.map((value) => [value])), new Matrix([[1, 2, 3]]));
    expect(compositionScore(writes, reads([0, 5, 0]))).toBeCloseTo(1, 10);
    expect(compositionScore(writes, reads([5, 0, 5]))).toBe(0);
  });
});

describe('without multiplying out', () => {
  test('the norm is that of the product, and no rotation changes it', () => {
    fc.assert(
      fc.property(factored(4, 5), entry, (each, angle) => {
        expect(norm(each)).toBeCloseTo(product(each).norm(), 8);
        const turn = Matrix.eye(4);
        turn.setSubMatrix(rotation(angle), 1, 1);
        expect(norm({ ...each, left: turn.mmul(each.left) })).toBeCloseTo(norm(each), 8);
      }),
    );
  });

  test('the singular values and vectors give the product', () => {
    fc.assert(
      fc.property(factored(4, 5), (each) => {
        const { u, singularValues, v } = svd(each);
        expectSame(u.mmul(Matrix.diag([...singularValues])).mmul(v.transpose()), product(each));
        expect(singularValues).toEqual(singularValues.toSorted((a, b) => b - a));
        expect(Math.hypot(...singularValues)).toBeCloseTo(norm(each), 8);
      }),
    );
  });

  test('the trace is that of the product and the sum of the eigenvalues', () => {
    fc.assert(
      fc.property(factored(4, 4), (each) => {
        expect(trace(each)).toBeCloseTo(product(each).trace(), 8);
        expect(eigenvalues(each).reduce((sum, { real }) => sum + real, 0)).toBeCloseTo(trace(each), 6);
      }),
    );
  });

  test('transposing and composing are those of the products', () => {
    fc.assert(
      fc.property(factored(3, 4), factored(4, 5), (first, second) => {
        expectSame(product(transpose(first)), product(first).transpose());
        expectSame(product(compose(first, second)), product(first).mmul(product(second)));
      }),
    );
  });

  test('a composition score lies between 0 and 1 and ignores scale', () => {
    const positive = fc.double({ min: 0.1, max: 10, noNaN: true });
    fc.assert(
      fc.property(factored(3, 4), factored(4, 5), positive, (first, second, scale) => {
        fc.pre(norm(first) > 1e-3 && norm(second) > 1e-3);
        const score = compositionScore(first, second);
        expect(score).toBeGreaterThanOrEqual(0);
        expect(score).toBeLessThan(1 + 1e-9);
        const scaled = { ...first, left: Matrix.mul(first.left, scale) };
        expect(compositionScore(scaled, second)).toBeCloseTo(score, 8);
      }),
    );
  });
});

test('refuses factors that do not fit, and eigenvalues of what is not square', () => {
  expect(() => factoredMatrix(Matrix.eye(2), Matrix.eye(3))).toThrow(RangeError);
  expect(() => eigenvalues(factoredMatrix(Matrix.ones(2, 1), Matrix.ones(1, 3)))).toThrow(RangeError);
});
