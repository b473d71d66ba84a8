/** Random draws for one picture. The stream is a function of its keys alone, so pictures can be drawn in any order. */
import { xoroshiro128plusFromState } from 'pure-rand/generator/xoroshiro128plus';
import { uniformFloat32 } from 'pure-rand/distribution/uniformFloat32';

export interface Random {
  /** Uniform in [low, high). */
  uniform(low: number, high: number): number;
  /** Whole number in [low, high], both ends included. */
  integer(low: number, high: number): number;
  /** Normal with mean 0 and standard deviation 1. */
  normal(): number;
  chance(probability: number): boolean;
  pick<T>(items: readonly T[]): T;
}

/** The finalizer of MurmurHash3: spreads neighbouring keys over all 32 bits. */
function scramble(key: number): number {
  let h = key | 0;
  h = Math.imul(h ^ (h >>> 16), 0x85ebca6b);
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35);
  return h ^ (h >>> 16);
}

/** A stream of draws that depends on the integer keys and their order, and on nothing else. */
export function randomFrom(...keys: readonly number[]): Random {
  const hash = keys.reduce((h, key) => scramble(Math.imul(h, 0x9e3779b1) ^ scramble(key + 0x7f4a7c15)), 1);
  const state = [1, 2, 3, 4].map((word) => scramble(hash ^ Math.imul(word, 0x9e3779b9)));
  const generator = xoroshiro128plusFromState(state);
  const unit = () => uniformFloat32(generator);
  return {
    uniform: (low, high) => low + (high - low) * unit(),
    integer: (low, high) => low + Math.floor((high - low + 1) * unit()),
    // Box and Muller; 1 − u keeps the logarithm away from zero.
    normal: () => Math.sqrt(-2 * Math.log(1 - unit())) * Math.cos(2 * Math.PI * unit()),
    chance: (probability) => unit() < probability,
    pick: (items) => items[Math.floor(items.length * unit())]!,
  };
}
