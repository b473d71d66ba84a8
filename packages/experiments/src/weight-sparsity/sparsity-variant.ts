/** The figures of one way to read the weights of a layer, beside those of weights that nothing was learned by. */
import {
  layerFigures,
  massShares,
  sparsityNames,
  type LayerFigure,
  type LayerSparsity,
  type NullComparison,
  type SparsityMeasures,
  type SparsityName,
} from '@fovea/interp';
import type { SparsityFigures, SparsityVariant } from './evidence.ts';

export function sparsityVariantOf(
  trained: LayerSparsity,
  nulls: readonly NullComparison[],
  variant: Pick<SparsityVariant, 'path' | 'weighed'>,
): SparsityVariant {
  const figures = layerFigures(trained);
  return {
    ...variant,
    figures: ([...sparsityNames, 'effectiveRank'] as const).map((name) => ({
      name,
      trained: finite(figures[name]),
      nulls: nulls.map((drawn) => ({ kind: drawn.kind, ...comparison(figures[name], drawn, name) })),
    })),
    distributions: sparsityNames.map((name) => ({
      name,
      trained: quantilesOf(trained.units, name),
      nulls: nulls.map(({ kind, units }) => ({ kind, quantiles: quantilesOf(units, name) })),
    })),
    mass: {
      shares: [...massShares],
      trained: trained.mass.map(rounded),
      nulls: nulls.map(({ kind, mass }) => ({ kind, mass: mass.map(rounded) })),
    },
    effectiveRanks: trained.effectiveRanks.map(({ name, rank, most }) => ({
      name,
      rank: rounded(rank),
      most,
    })),
  };
}

export function figuresOf(measures: SparsityMeasures): SparsityFigures {
  return Object.fromEntries(
    sparsityNames.map((name) => [name, finite(measures[name])]),
  ) as unknown as SparsityFigures;
}

function comparison(trained: number, { figures }: NullComparison, name: LayerFigure) {
  const drawn = figures
    .map((figure) => figure[name])
    .filter(Number.isFinite)
    .sort((a, b) => a - b);
  if (drawn.length === 0) return { mean: null, interval: null, beyond: 0 };
  const outside = Math.floor(0.025 * drawn.length);
  return {
    mean: rounded(drawn.reduce((sum, value) => sum + value, 0) / drawn.length),
    interval: [rounded(drawn[outside]!), rounded(drawn[drawn.length - 1 - outside]!)] as [number, number],
    beyond: drawn.filter((value) => value >= trained).length / drawn.length,
  };
}

/** At 0, 0.05, ... 1. */
function quantilesOf(units: readonly SparsityMeasures[], name: SparsityName): number[] {
  const sorted = units
    .map((unit) => unit[name])
    .filter(Number.isFinite)
    .sort((a, b) => a - b);
  if (sorted.length === 0) return [];
  return Array.from({ length: 21 }, (_, index) =>
    rounded(sorted[Math.round((index / 20) * (sorted.length - 1))]!),
  );
}

function finite(value: number): number | null {
  return Number.isFinite(value) ? rounded(value) : null;
}

/** To four digits: finer differences are chance. */
function rounded(value: number): number {
  return Number(value.toPrecision(4));
}
