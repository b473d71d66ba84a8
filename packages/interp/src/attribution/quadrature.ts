/** Points and weights by which a mean over [0, 1] is taken. */
export interface Quadrature {
  readonly points: readonly number[];
  /** They sum to 1. */
  readonly weights: readonly number[];
}

/** Exact for polynomials of degree up to 2n − 1. */
export function gaussLegendre(n: number): Quadrature {
  const nodes = Array.from({ length: n }, (_, index) => legendreRoot(n, index));
  return {
    points: nodes.map(({ root }) => (1 + root) / 2),
    weights: nodes.map(({ root, slope }) => 1 / ((1 - root * root) * slope * slope)),
  };
}

/** The middles of n equal parts. */
export function midpoints(n: number): Quadrature {
  return {
    points: Array.from({ length: n }, (_, index) => (index + 0.5) / n),
    weights: Array.from({ length: n }, () => 1 / n),
  };
}

/** By Newton's method from Tricomi's approximation, largest root last. */
function legendreRoot(n: number, index: number): { root: number; slope: number } {
  let root = -Math.cos((Math.PI * (index + 0.75)) / (n + 0.5));
  for (;;) {
    const { value, slope } = legendre(n, root);
    const step = value / slope;
    root -= step;
    if (Math.abs(step) < 1e-15) return { root, slope: legendre(n, root).slope };
  }
}

/** The polynomial and its derivative, by Bonnet's recursion. */
function legendre(n: number, x: number): { value: number; slope: number } {
  let [before, value] = [1, x];
  for (let degree = 2; degree <= n; degree++)
    [before, value] = [value, ((2 * degree - 1) * x * value - (degree - 1) * before) / degree];
  return { value, slope: (n * (x * value - before)) / (x * x - 1) };
}
