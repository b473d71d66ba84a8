/**
 * Which units fire where in an image: the semantic dictionary of Olah et al., "The Building Blocks of Interpretability"
 * (https://distill.pub/2018/building-blocks), which names a position by the units that are strongest there.
 */
import type { ActivationMaps } from './activation-maps.ts';

export interface Dictionary {
  /** Units at each position. */
  readonly count: number;
  /** [positions, count], strongest first. */
  readonly channels: Int32Array;
  /** [positions, count] */
  readonly values: Float32Array;
}

export interface FiringUnit {
  readonly channel: number;
  readonly maximum: number;
  /** Of the maximum, counted row by row. */
  readonly position: number;
  /** Over all positions. */
  readonly mean: number;
}

/** The units that are strongest at each position; the lower channel first where two are equal. */
export function dictionaryOf(maps: ActivationMaps, wanted: number): Dictionary {
  const positions = positionsOf(maps);
  const count = Math.min(wanted, maps.units);
  const channels = new Int32Array(positions * count).fill(-1);
  const values = new Float32Array(positions * count).fill(-Infinity);
  for (let unit = 0; unit < maps.units; unit++) {
    for (let position = 0; position < positions; position++) {
      const value = maps.values[unit * positions + position]!;
      const first = position * count;
      let place = first + count;
      while (place > first && value > values[place - 1]!) place--;
      if (place === first + count) continue;
      channels.copyWithin(place + 1, place, first + count - 1);
      values.copyWithin(place + 1, place, first + count - 1);
      channels[place] = unit;
      values[place] = value;
    }
  }
  return { count, channels, values };
}

/** The units that are strongest anywhere in the image, strongest first. */
export function firingUnits(maps: ActivationMaps, count: number): FiringUnit[] {
  const positions = positionsOf(maps);
  const units = Array.from({ length: maps.units }, (_, channel): FiringUnit => {
    const map = maps.values.subarray(channel * positions, (channel + 1) * positions);
    const position = map.reduce((best, value, at) => (value > map[best]! ? at : best), 0);
    const mean = map.reduce((sum, value) => sum + value, 0) / positions;
    return { channel, maximum: map[position]!, position, mean };
  });
  return units.toSorted((a, b) => b.maximum - a.maximum || a.channel - b.channel).slice(0, count);
}

const positionsOf = ({ grid: [rows, columns] }: ActivationMaps) => rows * columns;
