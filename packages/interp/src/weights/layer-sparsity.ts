/** How sparse the weights of all units of a layer are, beside weights that nothing was learned by. */
import type { HookedModel } from '@fovea/models';
import { effectiveRank } from './effective-rank.ts';
import { partOf, type EffectiveWeights, type EffectiveWeightsOptions } from './effective-weights.ts';
import {
  cumulativeMass,
  sparsityNames,
  sparsityOf,
  type SparsityMeasures,
  type SparsityName,
} from './sparsity.ts';
import { strengthsOf } from './strengths.ts';
import { nullWeights, type WeightNull } from './weight-nulls.ts';

export interface SparsityOptions extends EffectiveWeightsOptions {
  /**
   * Of what: `connections` are one number for each unit of the source, the L2 norm of its kernel with the sign of its
   * sum; `weights` are all weights of all kernels.
   */
  readonly of: 'connections' | 'weights';
  /** By what each channel of the source is weighed, such as its standard deviation over images; default 1. */
  readonly inputScales?: Float32Array;
}

export interface LayerSparsity {
  /** Of each unit of the target. */
  readonly units: readonly SparsityMeasures[];
  /** Of each branch, of its weights as a matrix of units by all that they read. */
  readonly effectiveRanks: readonly { readonly name: string; readonly rank: number; readonly most: number }[];
  /** The mean over units of what share of the sizes the largest weights have, at `massShares`. */
  readonly mass: readonly number[];
}

export const massShares: readonly number[] = [
  0, 0.01, 0.02, 0.05, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 1,
];

export async function layerSparsity(
  weights: EffectiveWeights,
  { of, inputScales }: SparsityOptions,
): Promise<LayerSparsity> {
  const scaled = inputScales ? weighed(weights, inputScales) : weights;
  const vectors = of === 'connections' ? connectionVectors(scaled) : weightVectors(scaled);
  const masses = vectors
    .map((vector) => cumulativeMass(vector, massShares))
    .filter((mass) => mass.every(Number.isFinite));
  const effectiveRanks = [];
  for (const { name, count, values } of scaled.parts)
    effectiveRanks.push({
      name,
      rank: await effectiveRank(values, count),
      most: Math.min(count, values.length / count),
    });
  return {
    units: vectors.map(sparsityOf),
    effectiveRanks,
    mass: massShares.map((_, place) => masses.reduce((sum, mass) => sum + mass[place]!, 0) / masses.length),
  };
}

function connectionVectors(weights: EffectiveWeights): Float32Array[] {
  const { inputs, outputs, l2, sum } = strengthsOf(weights);
  const signed = l2.map((size, index) => (sum[index]! < 0 ? -size : size));
  return Array.from({ length: outputs }, (_, output) =>
    signed.subarray(output * inputs, (output + 1) * inputs),
  );
}

function weightVectors(weights: EffectiveWeights): Float32Array[] {
  return Array.from({ length: weights.outputs }, (_, output) => {
    const { part, index } = partOf(weights, output);
    const size = part.values.length / part.count;
    return part.values.subarray(index * size, (index + 1) * size);
  });
}

function weighed(weights: EffectiveWeights, scales: Float32Array): EffectiveWeights {
  const parts = weights.parts.map((part) => {
    const size = part.height * part.width;
    return {
      ...part,
      values: part.values.map((value, index) => value * scales[Math.floor(index / size) % weights.inputs]!),
    };
  });
  return { ...weights, parts };
}

/** One number for a layer: the median over units, or the mean over branches for the effective rank. */
export type LayerFigure = SparsityName | 'effectiveRank';

/** Weights that nothing was learned by, drawn several times. */
export interface NullComparison {
  readonly kind: WeightNull;
  /** Of each repetition. */
  readonly figures: readonly Readonly<Record<LayerFigure, number>>[];
  /** Of the units of all repetitions. */
  readonly units: readonly SparsityMeasures[];
  /** As `LayerSparsity.mass`, the mean over repetitions. */
  readonly mass: readonly number[];
}

/** @param drawing how often, from what seed, and a signal that is looked at before each repetition */
export async function compareWithNull(
  model: HookedModel,
  weights: EffectiveWeights,
  kind: WeightNull,
  drawing: { readonly repetitions: number; readonly seed: number; readonly signal?: AbortSignal },
  options: SparsityOptions,
): Promise<NullComparison> {
  const { repetitions, seed, signal } = drawing;
  const drawn: LayerSparsity[] = [];
  for (let repetition = 0; repetition < repetitions; repetition++) {
    signal?.throwIfAborted();
    const replaced = await nullWeights(model, weights, kind, seed + repetition, options);
    drawn.push(await layerSparsity(replaced, options));
  }
  return {
    kind,
    figures: drawn.map(layerFigures),
    units: drawn.flatMap(({ units }) => units),
    mass: massShares.map((_, place) => drawn.reduce((sum, { mass }) => sum + mass[place]!, 0) / repetitions),
  };
}

export function layerFigures({ units, effectiveRanks }: LayerSparsity): Record<LayerFigure, number> {
  const medians = sparsityNames.map((name) => [name, median(units.map((unit) => unit[name]))] as const);
  const ranks = effectiveRanks.map(({ rank }) => rank);
  return {
    ...(Object.fromEntries(medians) as Record<SparsityName, number>),
    effectiveRank: ranks.reduce((sum, rank) => sum + rank, 0) / ranks.length,
  };
}

/** Of those that are numbers. */
function median(values: readonly number[]): number {
  const sorted = values.filter(Number.isFinite).sort((a, b) => a - b);
  const middle = sorted.length / 2;
  return sorted.length % 2 === 1 ? sorted[Math.floor(middle)]! : (sorted[middle - 1]! + sorted[middle]!) / 2;
}
