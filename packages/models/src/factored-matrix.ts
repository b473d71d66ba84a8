/**
 * Matrices of low rank as the product of two factors, such as the circuits of attention heads: a head of 64 channels
 * reads and writes 768, and 768 × 768 numbers never need to be multiplied out to know their spectrum (Elhage et al.,
 * "A Mathematical Framework for Transformer Circuits", 2021; `FactoredMatrix` of TransformerLens). Matrices apply to
 * rows: x · left · right. In double precision.
 */
import { randomFor } from '@fovea/tensor';
import { EigenvalueDecomposition, Matrix, QrDecomposition, SingularValueDecomposition } from 'ml-matrix';

export interface FactoredMatrix {
  /** [rows, rank] */
  readonly left: Matrix;
  /** [rank, columns] */
  readonly right: Matrix;
}

export interface FactoredSvd {
  /** Columns are the left singular vectors: [rows, rank]. */
  readonly u: Matrix;
  /** Largest first, at most as many as the inner dimension. */
  readonly singularValues: readonly number[];
  /** Columns are the right singular vectors: [columns, rank]. */
  readonly v: Matrix;
}

export interface Eigenvalue {
  readonly real: number;
  readonly imaginary: number;
}

/** @throws RangeError where the factors do not fit together */
export function factoredMatrix(left: Matrix, right: Matrix): FactoredMatrix {
  if (left.columns !== right.rows) {
    throw new RangeError(
      `[${left.rows}, ${left.columns}] and [${right.rows}, ${right.columns}] are no factors of a matrix`,
    );
  }
  return { left, right };
}

/** Multiplied out: [rows, columns]. */
export function product({ left, right }: FactoredMatrix): Matrix {
  return left.mmul(right);
}

export function transpose({ left, right }: FactoredMatrix): FactoredMatrix {
  return { left: right.transpose(), right: left.transpose() };
}

/** First one, then the other, as one matrix of the smaller rank: x · first · second. */
export function compose(first: FactoredMatrix, second: FactoredMatrix): FactoredMatrix {
  const between = factoredMatrix(first.right, second.left);
  return first.left.columns <= second.left.columns
    ? { left: first.left, right: product(between).mmul(second.right) }
    : { left: first.left.mmul(product(between)), right: second.right };
}

/** The root of the sum of all squares (Frobenius). */
export function norm({ left, right }: FactoredMatrix): number {
  if (left.rows <= left.columns) return left.mmul(right).norm();
  // left = Q · R, and Q changes no length. Through squares of the factors, products that vanish would be lost.
  const scale = largest(left) || 1;
  const { upperTriangularMatrix } = new QrDecomposition(asRounded(left, scale));
  return scale * upperTriangularMatrix.mmul(right).norm();
}

/** Of a square matrix. */
export function trace(matrix: FactoredMatrix): number {
  return turnedAround(matrix).trace();
}

/** Of a square matrix: all that are not zero, and as many more as the inner dimension allows; largest first. */
export function eigenvalues(matrix: FactoredMatrix): Eigenvalue[] {
  const small = turnedAround(matrix);
  const scale = largest(small);
  if (scale === 0) return Array.from({ length: small.rows }, () => ({ real: 0, imaginary: 0 }));
  const { realEigenvalues, imaginaryEigenvalues } = new EigenvalueDecomposition(asRounded(small, scale));
  return realEigenvalues
    .map((real, index) => ({ real: real * scale, imaginary: imaginaryEigenvalues[index]! * scale }))
    .toSorted((a, b) => magnitude(b) - magnitude(a));
}

/**
 * Σ λ / Σ |λ|, in [−1, 1]: 1 where a matrix maps its eigenvectors to positive multiples of themselves, as the OV
 * circuit of a head that copies does.
 */
export function eigenvaluePositivity(matrix: FactoredMatrix): number {
  const all = eigenvalues(matrix);
  const total = all.reduce((sum, value) => sum + magnitude(value), 0);
  return all.reduce((sum, { real }) => sum + real, 0) / total;
}

export function svd({ left, right }: FactoredMatrix): FactoredSvd {
  const [a, b] = [decomposed(left), decomposed(right.transpose())];
  const core = Matrix.diag(a.diagonal)
    .mmul(a.rightSingularVectors.transpose())
    .mmul(b.rightSingularVectors)
    .mmul(Matrix.diag(b.diagonal));
  const { leftSingularVectors, diagonal, rightSingularVectors } = decomposed(core);
  return {
    u: a.leftSingularVectors.mmul(leftSingularVectors),
    singularValues: diagonal,
    v: b.leftSingularVectors.mmul(rightSingularVectors),
  };
}

/**
 * ‖first · second‖ / (‖first‖ · ‖second‖), in [0, 1]: how much of what `second` reads is what `first` writes. Around
 * 1/√d for random matrices of d × d; compare with such a baseline.
 */
export function compositionScore(first: FactoredMatrix, second: FactoredMatrix): number {
  return norm(compose(first, second)) / (norm(first) * norm(second));
}

/** right · left, which has the trace and the eigenvalues of left · right but for zeros, and is small. */
function turnedAround({ left, right }: FactoredMatrix): Matrix {
  if (left.rows !== right.columns) {
    throw new RangeError(`A matrix of [${left.rows}, ${right.columns}] is not square`);
  }
  return right.mmul(left);
}

/** Half of what rounding may change in the largest entry. */
const roundingNoise = 2 ** -54;

/**
 * Divided by its largest entry, and as if it had been rounded. The library's iterations come from EISPACK: on matrices
 * whose zeros make them nilpotent, or whose entries are too small to have squares, the one for eigenvalues never ends
 * and the one for singular values is wrong by up to a hundredth. Both kinds of values are determined up to changes of
 * this size only.
 */
function asRounded(matrix: Matrix, scale: number): Matrix {
  const random = randomFor(0, 0, 'rounding');
  return Matrix.from1DArray(
    matrix.rows,
    matrix.columns,
    matrix.to1DArray().map((value) => value / scale + roundingNoise * (2 * random.uniform() - 1)),
  );
}

function largest(matrix: Matrix): number {
  return Math.max(matrix.max(), -matrix.min());
}

function decomposed(
  matrix: Matrix,
): Pick<SingularValueDecomposition, 'leftSingularVectors' | 'diagonal' | 'rightSingularVectors'> {
  // Zero has no largest entry to be divided by, and its vectors may be any.
  const scale = largest(matrix) || 1;
  const { leftSingularVectors, diagonal, rightSingularVectors } = new SingularValueDecomposition(
    asRounded(matrix, scale),
    { autoTranspose: true },
  );
  return { leftSingularVectors, diagonal: diagonal.map((value) => value * scale), rightSingularVectors };
}

function magnitude({ real, imaginary }: Eigenvalue): number {
  return Math.hypot(real, imaginary);
}
