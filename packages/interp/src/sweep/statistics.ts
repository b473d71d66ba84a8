/** The figures of each unit, from what a sweep gathered. */
import { classMeans, classSelectivity, type ClassMean } from './class-means.ts';
import { roundedSum } from './exact-sum.ts';
import { bucketsOf, zerosOf } from './float-histogram.ts';
import type { LayerSweep } from './layer-sweep.ts';
import { bars, quantiles } from './quantiles.ts';
import type { Sweep } from './sweep.ts';

export interface UnitStatistics {
  readonly mean: number;
  /** Of all values, not an estimate from a sample. */
  readonly deviation: number;
  readonly skewness: number;
  /** The fourth standardised moment: 3 for a normal distribution. NaN, as the skewness, of a unit that never varies. */
  readonly kurtosis: number;
  readonly minimum: number;
  readonly maximum: number;
  /** Share of values that are not zero. */
  readonly nonZeroFraction: number;
  /** At `quantileShares`. */
  readonly quantiles: readonly number[];
  /** Counts of the values that are not zero, in `histogramBars` equal bars from the minimum to the maximum. */
  readonly histogram: readonly number[];
  readonly zeros: number;
  /** Means over images and positions, highest first. */
  readonly classes: readonly ClassMean[];
  readonly classSelectivity: number;
}

export const quantileShares = [0, 0.01, 0.05, 0.25, 0.5, 0.75, 0.9, 0.95, 0.99, 0.999, 1] as const;

export const histogramBars = 48;

/** Of a sweep without images the figures are NaN. */
export function unitStatistics(
  { images }: Pick<Sweep, 'images'>,
  layer: LayerSweep,
  unit: number,
): UnitStatistics {
  const count = images * layer.positions;
  const extent = { minimum: layer.minimum[unit]!, maximum: layer.maximum[unit]! };
  const buckets = bucketsOf(layer.histogram, unit);
  const zeros = zerosOf(buckets);
  const classes = classMeans(layer.classes, unit);
  return {
    ...shape(layer.powers.map((sums) => roundedSum(sums[unit]!) / count)),
    ...extent,
    nonZeroFraction: 1 - zeros / count,
    quantiles: quantiles(buckets, quantileShares, extent),
    histogram: bars(buckets, histogramBars, extent),
    zeros,
    classes,
    classSelectivity: classSelectivity(classes),
  };
}

/** @param means of the values to the powers 1 to 4 */
function shape(means: readonly number[]) {
  const [mean, squares, cubes, fourths] = means as [number, number, number, number];
  const variance = Math.max(0, squares - mean * mean);
  const deviation = Math.sqrt(variance);
  const third = cubes - 3 * mean * squares + 2 * mean ** 3;
  const fourth = fourths - 4 * mean * cubes + 6 * mean ** 2 * squares - 3 * mean ** 4;
  return { mean, deviation, skewness: third / deviation ** 3, kurtosis: fourth / variance ** 2 };
}
