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

/** Three factors, the one that explains most first. */
export interface OneSidedFactors {
  /** [factor][channel]: each of norm 1, none negative. */
  readonly channels: readonly Float32Array[];
  /** [factor][position], signed: the weights are about the sum over factors of channels · positions. */
  readonly positions: readonly Float32Array[];
  /** The norm of what the factors leave out, as a share of the norm of the weights; 0 for weights of zero. */
  readonly residual: number;
}

/** As many as there are primary colours. */
const factors = 3;
/** After which the factors of typical kernels no longer change to the eye. */
const updates = 100;
const tiny = 1e-12;

/** The same weights give the same factors. */
export function oneSidedFactors(weights: WeightMatrix): OneSidedFactors {
  const { channels, positions, values } = weights;
  const random = randomFor(0, 0, 'one-sided factors');
  // The product of the starts is about as large as the weights, so that the first updates change directions, not sizes.
  const mean = values.reduce((sum, value) => sum + Math.abs(value), 0) / (2 * values.length);
  const start = (rows: number) =>
    Float64Array.from({ length: rows * factors }, () => Math.sqrt(mean / factors) * (0.5 + random.uniform()));
  // A row of three for each channel, and for each position twice: what excites, then what inhibits.
  const [groups, maps] = [start(channels), start(2 * positions)];
  for (let update = 0; update < updates; update++) {
    updateFactor(maps, groups, projectedOnMaps(weights, groups));
    updateFactor(groups, maps, projectedOnGroups(weights, maps));
  }
  const found = [0, 1, 2].map((factor) => factorOf(factor, groups, maps)).toSorted((a, b) => b.size - a.size);
  return {
    channels: found.map((factor) => factor.channels),
    positions: found.map((factor) => factor.positions),
    residual: residualOf(weights, found),
  };
}

/** F ← F · wanted / (F · (Oᵀ · O)), in place, where `other` is held and `wanted` is the weights times it. */
function updateFactor(factor: Float64Array, other: Float64Array, wanted: Float64Array): void {
  let [aa, ab, ac, bb, bc, cc] = [tiny, 0, 0, tiny, 0, tiny];
  for (let row = 0; row < other.length; row += factors) {
    const [a, b, c] = [other[row]!, other[row + 1]!, other[row + 2]!];
    aa += a * a;
    ab += a * b;
    ac += a * c;
    bb += b * b;
    bc += b * c;
    cc += c * c;
  }
  for (let row = 0; row < factor.length; row += factors) {
    const [a, b, c] = [factor[row]!, factor[row + 1]!, factor[row + 2]!];
    factor[row] = (a * wanted[row]!) / (a * aa + b * ab + c * ac + tiny);
    factor[row + 1] = (b * wanted[row + 1]!) / (a * ab + b * bb + c * bc + tiny);
    factor[row + 2] = (c * wanted[row + 2]!) / (a * ac + b * bc + c * cc + tiny);
  }
}

function projectedOnMaps({ channels, positions, values }: WeightMatrix, groups: Float64Array): Float64Array {
  const wanted = new Float64Array(2 * positions * factors);
  for (let channel = 0, index = 0; channel < channels; channel++) {
    const row = channel * factors;
    const [a, b, c] = [groups[row]!, groups[row + 1]!, groups[row + 2]!];
    for (let position = 0; position < positions; position++, index++) {
      const value = values[index]!;
      // Kernels of branches that reach less far are mostly padding.
      if (value === 0) continue;
      const place = (value > 0 ? position : positions + position) * factors;
      const size = Math.abs(value);
      wanted[place]! += size * a;
      wanted[place + 1]! += size * b;
      wanted[place + 2]! += size * c;
    }
  }
  return wanted;
}

function projectedOnGroups({ channels, positions, values }: WeightMatrix, maps: Float64Array): Float64Array {
  const wanted = new Float64Array(channels * factors);
  for (let channel = 0, index = 0; channel < channels; channel++) {
    let [a, b, c] = [0, 0, 0];
    for (let position = 0; position < positions; position++, index++) {
      const value = values[index]!;
      if (value === 0) continue;
      const place = (value > 0 ? position : positions + position) * factors;
      const size = Math.abs(value);
      a += size * maps[place]!;
      b += size * maps[place + 1]!;
      c += size * maps[place + 2]!;
    }
    wanted.set([a, b, c], channel * factors);
  }
  return wanted;
}

interface Factor {
  readonly channels: Float32Array;
  readonly positions: Float32Array;
  readonly size: number;
}

function factorOf(factor: number, groups: Float64Array, maps: Float64Array): Factor {
  const column = (rows: Float64Array) => rows.filter((_, index) => index % factors === factor);
  const [group, map] = [column(groups), column(maps)];
  const length = normOf(group) || 1;
  const half = map.length / 2;
  const positions = Float32Array.from(
    { length: half },
    (_, position) => length * (map[position]! - map[half + position]!),
  );
  return {
    channels: Float32Array.from(group, (share) => share / length),
    positions,
    size: normOf(positions),
  };
}

function residualOf({ channels, positions, values }: WeightMatrix, found: readonly Factor[]): number {
  const total = normOf(values);
  if (total === 0) return 0;
  const left = Float64Array.from(values);
  for (const factor of found)
    for (let channel = 0; channel < channels; channel++)
      for (let position = 0; position < positions; position++)
        left[channel * positions + position]! -= factor.channels[channel]! * factor.positions[position]!;
  return normOf(left) / total;
}

function normOf(values: Float32Array | Float64Array): number {
  let squares = 0;
  for (const value of values) squares += value * value;
  return Math.sqrt(squares);
}
