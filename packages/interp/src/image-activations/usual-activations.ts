/** What is usual for the units of a layer over a dataset, so that those are found whose activation is not. */
import type { ActivationMaps } from './activation-maps.ts';

export interface UsualActivations {
  /** Of each unit, over images and positions. */
  readonly mean: Float32Array;
  /** What the highest value in an image exceeds in one image of ten. */
  readonly high: Float32Array;
}

const HIGH = 0.9;

/**
 * @param highest [units, images], the highest value of each unit in each image
 * @param means [units, images], the mean over positions
 */
export function usualActivations(
  highest: Float32Array,
  means: Float32Array,
  units: number,
): UsualActivations {
  const images = highest.length / units;
  const ofUnits = (find: (unit: number) => number) =>
    Float32Array.from({ length: units }, (_, unit) => find(unit));
  const row = (values: Float32Array, unit: number) => values.subarray(unit * images, (unit + 1) * images);
  return {
    mean: ofUnits((unit) => row(means, unit).reduce((sum, value) => sum + value, 0) / images),
    high: ofUnits((unit) => row(highest, unit).toSorted()[Math.floor(HIGH * (images - 1))]!),
  };
}

/** 0 is a unit's mean, 1 its high; units that are never above their mean stay at 0, since nothing they do is unusual. */
export function relativeTo(maps: ActivationMaps, { mean, high }: UsualActivations): ActivationMaps {
  const positions = maps.values.length / maps.units;
  const values = maps.values.map((value, at) => {
    const unit = Math.floor(at / positions);
    const range = high[unit]! - mean[unit]!;
    return range > 0 ? (value - mean[unit]!) / range : 0;
  });
  return { ...maps, values };
}
