/**
 * The weights of one unit in three colours: a one-sided non-negative factorisation, in which each factor is a group of
 * channels, none with a negative share, and a map of positions that may have either sign ("Visualizing Weights", Voss et
 * al., Distill 2021). Positive and negative weights lie side by side and are factorised together, as Lucid does it, by
 * the multiplicative updates of Lee and Seung ("Algorithms for Non-negative Matrix Factorization", 2000).
 */
import { randomFor } from '@fovea/tensor';

/** Row-major. */
export interface WeightMatrix {
  readonly channels: number;
  readonly positions: number;
  /** [channels, positions] */
  readonly values: Float32Array;
}

export interface OneSidedFactors {
  /** [factors, channels], each of norm 1, none negative; the factor that explains most first. */
  readonly channels: readonly Float32Array[];
  /** [factors, positions], signed: what the weights are as a sum of channels · positions. */
  readonly positions: readonly Float32Array[];
  /** The norm of what the factors leave out, as a share of the norm of the weights; 0 for weights of zero. */
  readonly residual: number;
}

/** After which the factors of typical kernels no longer change to the eye. */
const updates = 100;
const tiny = 1e-12;

/** The same weights give the same factors. */
export function oneSidedFactors(weights: WeightMatrix, count = 3): OneSidedFactors {
  const { channels, positions } = weights;
  const sides = besideEachOther(weights);
  const random = randomFor(0, 0, 'one-sided factors');
  // Their product is about as large as the weights, so that the first updates change directions, not sizes.
  const mean = sides.reduce((sum, value) => sum + value, 0) / sides.length;
  const start = (length: number) =>
    Float64Array.from({ length }, () => Math.sqrt(mean / count) * (0.5 + random.uniform()));
  const [groups, maps] = [start(count * channels), start(count * 2 * positions)];
  for (let update = 0; update < updates; update++) {
    multiply(maps, groups, sides, { count, rows: 2 * positions, columns: channels, transposed: true });
    multiply(groups, maps, sides, { count, rows: channels, columns: 2 * positions, transposed: false });
  }
  return ordered(groups, maps, weights, count);
}

/** Positive parts, then negative parts: [channels, 2 · positions]. */
function besideEachOther({ channels, positions, values }: WeightMatrix): Float64Array {
  const sides = new Float64Array(2 * values.length);
  for (let channel = 0; channel < channels; channel++)
    for (let position = 0; position < positions; position++) {
      const value = values[channel * positions + position]!;
      const row = 2 * channel * positions;
      sides[row + position] = Math.max(0, value);
      sides[row + positions + position] = Math.max(0, -value);
    }
  return sides;
}

interface Sides {
  readonly count: number;
  /** Of the factor that is updated. */
  readonly rows: number;
  /** Of the other factor. */
  readonly columns: number;
  /** Whether the values are stored as [columns, rows]. */
  readonly transposed: boolean;
}

/** One update of `factor` [count, rows] with `other` [count, columns] held: F ← F · (V·O) / (F·(O·O)). */
function multiply(factor: Float64Array, other: Float64Array, values: Float64Array, sides: Sides): void {
  const { count, rows, columns, transposed } = sides;
  const overlaps = new Float64Array(count * count);
  for (let a = 0; a < count; a++)
    for (let b = 0; b < count; b++)
      for (let column = 0; column < columns; column++)
        overlaps[a * count + b]! += other[a * columns + column]! * other[b * columns + column]!;
  const wanted = new Float64Array(count);
  for (let row = 0; row < rows; row++) {
    wanted.fill(0);
    for (let column = 0; column < columns; column++) {
      const value = values[transposed ? column * rows + row : row * columns + column]!;
      if (value !== 0) for (let a = 0; a < count; a++) wanted[a]! += value * other[a * columns + column]!;
    }
    const before = Array.from({ length: count }, (_, a) => factor[a * rows + row]!);
    for (let a = 0; a < count; a++) {
      let given = tiny;
      for (let b = 0; b < count; b++) given += before[b]! * overlaps[a * count + b]!;
      factor[a * rows + row] = (before[a]! * wanted[a]!) / given;
    }
  }
}

function ordered(
  groups: Float64Array,
  maps: Float64Array,
  { channels, positions, values }: WeightMatrix,
  count: number,
): OneSidedFactors {
  const factors = Array.from({ length: count }, (_, factor) => {
    const group = groups.subarray(factor * channels, (factor + 1) * channels);
    const norm = Math.hypot(...group);
    const scale = norm > 0 ? norm : 1;
    const both = maps.subarray(2 * factor * positions, 2 * (factor + 1) * positions);
    const map = Float32Array.from(
      { length: positions },
      (_, position) => scale * (both[position]! - both[positions + position]!),
    );
    return { channels: Float32Array.from(group, (share) => share / scale), map, size: Math.hypot(...map) };
  }).toSorted((a, b) => b.size - a.size);
  const [residual, total] = [new Float64Array(values), Math.hypot(...norms(values, channels))];
  for (const factor of factors)
    for (let channel = 0; channel < channels; channel++)
      for (let position = 0; position < positions; position++)
        residual[channel * positions + position]! -= factor.channels[channel]! * factor.map[position]!;
  return {
    channels: factors.map((factor) => factor.channels),
    positions: factors.map(({ map }) => map),
    residual: total === 0 ? 0 : Math.hypot(...norms(residual, channels)) / total,
  };
}

/** Of each row: few enough numbers to be arguments. */
function norms(values: Float32Array | Float64Array, rows: number): number[] {
  const columns = values.length / rows;
  return Array.from({ length: rows }, (_, row) => {
    let squares = 0;
    for (let column = 0; column < columns; column++) squares += values[row * columns + column]! ** 2;
    return Math.sqrt(squares);
  });
}
