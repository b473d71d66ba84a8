/** What a sweep found out about each unit, as its page and the layer's page read it. */
import {
  quantileShares,
  receptiveFieldBox,
  relatedUnits,
  unitStatistics,
  type Example,
  type LayerExamples,
  type LayerSweep,
  type Sweep,
  type UnitStatistics,
} from '@fovea/interp';
import type { HookedModel } from '@fovea/models';
import type { UnitFinding } from '../kind.ts';
import type { ActivationExample, GroupActivations, UnitActivations } from './evidence.ts';
import { classTokenPrefix } from './measures.ts';

/** Units and classes that are named beside a unit. */
const relatedCount = 10;
const classCount = 5;

/** One layer, or one kind of tokens of a layer, with all that was computed of it. */
export interface SweptGroup extends LayerExamples {
  readonly sweep: LayerSweep;
  /** [units, units] */
  readonly correlations: Float32Array;
}

/** @param groups of one layer */
export function unitFinding(
  unit: number,
  groups: readonly SweptGroup[],
  { model, swept, classes }: { model: HookedModel; swept: Sweep; classes: readonly string[] },
): UnitFinding {
  const found = groups.map((group) => {
    const statistics = unitStatistics(swept, group.sweep, unit);
    return { group, statistics, deadness: deadness(swept, group.sweep, unit) };
  });
  const data: UnitActivations = {
    groups: found.map(({ group, statistics, deadness: dead }) => ({
      tokens: group.group.tokens ?? 'all',
      statistics: { ...plainStatistics(statistics), deadness: dead },
      quantiles: quantileShares.map((share, index) => ({ share, value: statistics.quantiles[index]! })),
      histogram: histogramOf(statistics),
      examples: group.examples[unit]!.map((example) => withBox(example, group, model)),
      ...related(group, unit),
      classes: statistics.classes
        .slice(0, classCount)
        .map((each) => ({ ...each, name: classes[each.label] ?? String(each.label) })),
    })),
  };
  const measures = found.flatMap(({ group, statistics, deadness: dead }) =>
    measuresOf(group.group.tokens, { ...statistics, deadness: dead }),
  );
  return { channel: unit, data, measures: Object.fromEntries(measures) };
}

/** JSON knows no NaN. */
function plainStatistics({
  mean,
  deviation,
  skewness,
  kurtosis,
  minimum,
  maximum,
  nonZeroFraction,
  classSelectivity,
}: UnitStatistics): Omit<GroupActivations['statistics'], 'deadness'> {
  const known = (value: number) => (Number.isFinite(value) ? value : null);
  return {
    mean,
    deviation,
    skewness: known(skewness),
    kurtosis: known(kurtosis),
    minimum,
    maximum,
    nonZeroFraction,
    classSelectivity: known(classSelectivity),
  };
}

/** Counts of bars are estimates: two decimals are enough. */
function histogramOf({ minimum, maximum, histogram, zeros }: UnitStatistics): GroupActivations['histogram'] {
  return { minimum, maximum, counts: histogram.map((count) => Math.round(100 * count) / 100), zeros };
}

function measuresOf(
  tokens: LayerSweep['group']['tokens'],
  {
    mean,
    deviation,
    skewness,
    kurtosis,
    maximum,
    nonZeroFraction,
    deadness: dead,
    classSelectivity,
  }: UnitStatistics & {
    deadness: number;
  },
): [string, number][] {
  if (tokens === 'extra') return [];
  const prefix = tokens === 'class' ? classTokenPrefix : '';
  const measures = {
    mean,
    deviation,
    skewness,
    kurtosis,
    maximum,
    nonZeroFraction,
    deadness: dead,
    classSelectivity,
  };
  return Object.entries(measures).map(([name, value]) => [prefix + name, value]);
}

/** Share of the sampled images in which the unit is nowhere above zero. */
function deadness({ seen }: Sweep, { units, sample }: LayerSweep, unit: number): number {
  let silent = 0;
  for (const row of seen.keys()) if (!(sample.maximum[row * units + unit]! > 0)) silent++;
  return silent / seen.length;
}

function withBox(example: Example, { layer, grid }: SweptGroup, model: HookedModel): ActivationExample {
  const { receptiveField } = model.hookPoint(layer);
  const box =
    receptiveField && receptiveFieldBox(receptiveField, example.position, grid, model.preprocessing);
  return { ...example, box: box ?? null };
}

function related({ correlations, units }: SweptGroup, unit: number) {
  const { alike, opposed } = relatedUnits(correlations, units, unit, relatedCount);
  const named = (others: typeof alike) =>
    others.map(({ unit: channel, correlation }) => ({ channel, correlation }));
  return { alike: named(alike), opposed: named(opposed) };
}
