/** The figures of each unit, from what a sweep gathered. */
import { roundedSum } from './exact-sum.ts';
import type { LayerSweep } from './layer-sweep.ts';
import type { Sweep } from './sweep.ts';
import type { TopExample } from './top-examples.ts';

export interface UnitStatistics {
  readonly mean: number;
  /** Of all values, not an estimate from a sample. */
  readonly standardDeviation: number;
  readonly minimum: number;
  readonly maximum: number;
  /** Share of values above zero. */
  readonly frequency: number;
  /** Highest first. */
  readonly top: readonly TopExample[];
  /** Below the range, in its bins, above it; empty where none was asked for. */
  readonly histogram: readonly number[];
}

/** In the order of the layer's units. Of a sweep without images the figures are NaN. */
export function unitStatistics({ images }: Pick<Sweep, 'images'>, layer: LayerSweep): UnitStatistics[] {
  const count = images * layer.positions;
  const cells = layer.histogram.length / layer.sum.length;
  return layer.sum.map((sum, unit) => {
    const mean = roundedSum(sum) / count;
    const meanSquare = roundedSum(layer.squares[unit]!) / count;
    return {
      mean,
      standardDeviation: Math.sqrt(Math.max(0, meanSquare - mean * mean)),
      minimum: layer.minimum[unit]!,
      maximum: layer.maximum[unit]!,
      frequency: layer.positive[unit]! / count,
      top: layer.top[unit]!,
      histogram: [...layer.histogram.subarray(unit * cells, (unit + 1) * cells)],
    };
  });
}
