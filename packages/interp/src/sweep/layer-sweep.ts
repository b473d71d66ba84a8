/** What a sweep has gathered of one layer, in a form that adds up exactly. */
import type { HookPoint } from '@fovea/models';
import { layerAxes } from '../layer-axes.ts';
import { NonFiniteActivationError } from './errors.ts';
import { addTo, canonicalSum, mergeInto, type ExactSum } from './exact-sum.ts';
import { groupPoint, type Reductions } from './reductions.ts';
import type { SweepSettings } from './settings.ts';
import type { TokenGroup } from './token-groups.ts';
import { keepExample, type TopExample } from './top-examples.ts';

export interface LayerSweep {
  readonly layer: string;
  readonly group: TokenGroup;
  /** [channels], or [heads, channels], or [heads]; the lists below are in its order. */
  readonly unitShape: readonly number[];
  /** Of each image. */
  readonly positions: number;
  readonly sum: readonly ExactSum[];
  readonly squares: readonly ExactSum[];
  readonly minimum: Float32Array;
  readonly maximum: Float32Array;
  readonly positive: Float64Array;
  readonly top: readonly TopExample[][];
  /** [units, bins + 2]; empty where none is asked for. */
  readonly histogram: Float64Array;
}

export function emptyLayerSweep(point: HookPoint, group: TokenGroup, settings: SweepSettings): LayerSweep {
  const { unitShape, units, positions } = layerAxes(groupPoint(point, group));
  const lists = <T>() => Array.from({ length: units }, (): T[] => []);
  return {
    layer: point.name,
    group,
    unitShape,
    positions,
    sum: lists(),
    squares: lists(),
    minimum: new Float32Array(units).fill(Infinity),
    maximum: new Float32Array(units).fill(-Infinity),
    positive: new Float64Array(units),
    top: lists(),
    histogram: new Float64Array(settings.histogram ? units * (settings.histogram.bins + 2) : 0),
  };
}

/**
 * @param indices of the batch's images in the data set; what comes after them in the batch is left out
 * @throws NonFiniteActivationError
 */
export function addReductions(
  into: LayerSweep,
  reductions: Reductions<Float32Array>,
  indices: readonly number[],
  settings: SweepSettings,
): void {
  const units = into.sum.length;
  for (const [image, index] of indices.entries()) {
    for (let unit = 0; unit < units; unit++) {
      const at = image * units + unit;
      if (!Number.isFinite(reductions.squares[at]))
        throw new NonFiniteActivationError(into.layer, unit, index);
      addTo(into.sum[unit]!, reductions.sum[at]!);
      addTo(into.squares[unit]!, reductions.squares[at]!);
      into.minimum[unit] = Math.min(into.minimum[unit]!, reductions.minimum[at]!);
      into.maximum[unit] = Math.max(into.maximum[unit]!, reductions.maximum[at]!);
      into.positive[unit] = into.positive[unit]! + reductions.positive[at]!;
    }
  }
  addTop(into, reductions, indices, settings);
  addCounts(into.histogram, reductions.histogram ?? []);
}

function addTop(
  { top, positions }: LayerSweep,
  { topValues, topPlaces }: Reductions<Float32Array>,
  indices: readonly number[],
  settings: SweepSettings,
): void {
  const candidates = topValues.length / top.length;
  for (const [unit, best] of top.entries()) {
    for (let at = unit * candidates; at < (unit + 1) * candidates; at++) {
      const place = topPlaces[at]!;
      const image = indices[Math.floor(place / positions)];
      if (image === undefined) continue;
      keepExample(best, { value: topValues[at]!, image, position: place % positions }, settings.top.count);
    }
  }
}

/** Adds what another sweep gathered of the same layer on other images. */
export function mergeLayer(into: LayerSweep, other: LayerSweep, settings: SweepSettings): void {
  for (let unit = 0; unit < into.sum.length; unit++) {
    mergeInto(into.sum[unit]!, other.sum[unit]!);
    mergeInto(into.squares[unit]!, other.squares[unit]!);
    into.minimum[unit] = Math.min(into.minimum[unit]!, other.minimum[unit]!);
    into.maximum[unit] = Math.max(into.maximum[unit]!, other.maximum[unit]!);
    for (const example of other.top[unit]!) keepExample(into.top[unit]!, example, settings.top.count);
  }
  addCounts(into.positive, other.positive);
  addCounts(into.histogram, other.histogram);
}

/** Equal for equal images, in whatever order and parts they came. */
export function settled(layer: LayerSweep): LayerSweep {
  return { ...layer, sum: layer.sum.map(canonicalSum), squares: layer.squares.map(canonicalSum) };
}

function addCounts(into: Float64Array, counts: ArrayLike<number>): void {
  for (let index = 0; index < into.length; index++) into[index] = into[index]! + counts[index]!;
}
