/**
 * How sparse weights are: whether a unit is built from a few others or from all of them a little. Every measure stays
 * the same if all weights are multiplied (Hurley and Rickard, "Comparing
 * Measures of Sparsity", 2009).
 */
export interface SparsityMeasures {
  /** Share of weights that are at least a tenth of the largest, 0 to 1. */
  readonly l0At10: number;
  /** Share of weights that are at least 0.3 of the largest, 0 to 1. */
  readonly l0At30: number;
  /** 0 where all are alike, near 1 where one has everything: 2Σ i·x_(i) / (nΣx) − (n + 1)/n. */
  readonly gini: number;
  /** 0 where all are alike, 1 where one has everything: (√n − ‖x‖₁/‖x‖₂) / (√n − 1). */
  readonly hoyer: number;
  /** How many weights of one size would be as spread, 1 to n: (Σx²)² / Σx⁴. */
  readonly participationRatio: number;
  /** Fourth standardised moment of the signed weights: 3 if they are normal, more where few are large. */
  readonly kurtosis: number;
}

export type SparsityName = keyof SparsityMeasures;

export const sparsityNames: readonly SparsityName[] = [
  'l0At10',
  'l0At30',
  'gini',
  'hoyer',
  'participationRatio',
  'kurtosis',
];

/** NaN where it means nothing: of weights that are all zero, or all equal for kurtosis. */
export function sparsityOf(weights: Float32Array): SparsityMeasures {
  const count = weights.length;
  const sizes = weights.map(Math.abs).sort();
  const largest = sizes.at(-1)!;
  let [sum, ranked, squares, fourths] = [0, 0, 0, 0];
  for (let index = 0; index < count; index++) {
    const size = sizes[index]!;
    sum += size;
    ranked += (index + 1) * size;
    squares += size * size;
    fourths += size ** 4;
  }
  return {
    l0At10: largest > 0 ? shareFrom(sizes, 0.1 * largest) : Number.NaN,
    l0At30: largest > 0 ? shareFrom(sizes, 0.3 * largest) : Number.NaN,
    gini: (2 * ranked) / (count * sum) - (count + 1) / count,
    hoyer: (Math.sqrt(count) - sum / Math.sqrt(squares)) / (Math.sqrt(count) - 1),
    participationRatio: squares ** 2 / fourths,
    kurtosis: kurtosisOf(weights),
  };
}

/** Of sorted sizes. */
function shareFrom(sizes: Float32Array, threshold: number): number {
  let below = 0;
  while (below < sizes.length && sizes[below]! < threshold) below++;
  return (sizes.length - below) / sizes.length;
}

function kurtosisOf(weights: Float32Array): number {
  const mean = weights.reduce((sum, weight) => sum + weight, 0) / weights.length;
  let [second, fourth] = [0, 0];
  for (const weight of weights) {
    const square = (weight - mean) ** 2;
    second += square;
    fourth += square * square;
  }
  return (fourth * weights.length) / (second * second);
}

/**
 * The share of all that the largest weights have together: for each share of weights asked for, from 0 to 1, what part
 * of Σ|x| the largest of them are.
 */
export function cumulativeMass(weights: Float32Array, shares: readonly number[]): number[] {
  const sizes = weights.map(Math.abs).sort().toReversed();
  const total = sizes.reduce((sum, size) => sum + size, 0);
  let [taken, mass] = [0, 0];
  return shares.map((share) => {
    for (const end = Math.round(share * sizes.length); taken < end; taken++) mass += sizes[taken]!;
    return mass / total;
  });
}
