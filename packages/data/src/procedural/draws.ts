/** The draws of one picture: a function of seed, part and index, so pictures can be drawn in any order. */
import { randomFor } from '@fovea/tensor';

export interface Draws {
  /** Uniform in [low, high). */
  uniform(low: number, high: number): number;
  /** Whole number, both ends included. */
  integer(low: number, high: number): number;
  chance(probability: number): boolean;
  pick<T>(items: readonly T[]): T;
}

/** @param split part of the data set */
export function drawsFor(seed: number, index: number, split: string): Draws {
  const random = randomFor(seed, index, split);
  return {
    uniform: (low, high) => low + (high - low) * random.uniform(),
    integer: (low, high) => low + random.integer(high - low + 1),
    chance: (probability) => random.uniform() < probability,
    pick: (items) => items[random.integer(items.length)]!,
  };
}
