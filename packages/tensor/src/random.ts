/**
 * Random numbers without hidden state: a stream is a function of the run's seed, the step and what the numbers
 * are for. A step can be repeated or resumed, and a new purpose disturbs no other.
 */
import { uniformFloat32 } from 'pure-rand/distribution/uniformFloat32';
import { xoroshiro128plusFromState } from 'pure-rand/generator/xoroshiro128plus';

export interface Random {
  /** In [0, 1). */
  uniform(): number;
  /** Whole, in [0, count). */
  integer(count: number): number;
  /** Mean 0, standard deviation 1. */
  normal(): number;
}

/** @param purpose such as `parameters` or `transforms` */
export function randomFor(seed: number, step: number, purpose: string): Random {
  const key = `${seed}/${step}/${purpose}`;
  const generator = xoroshiro128plusFromState([1, 2, 3, 4].map((word) => hash(`${word}/${key}`)));
  const uniform = () => uniformFloat32(generator);
  return {
    uniform,
    integer: (count) => Math.floor(uniform() * count),
    // Box and Muller; 1 − u keeps the logarithm away from zero.
    normal: () => Math.sqrt(-2 * Math.log(1 - uniform())) * Math.cos(2 * Math.PI * uniform()),
  };
}

/** FNV-1a, then the finalizer of MurmurHash3, which spreads neighbouring keys over all 32 bits. */
function hash(text: string): number {
  let h = 0x811c9dc5;
  for (let index = 0; index < text.length; index++) h = Math.imul(h ^ text.charCodeAt(index), 0x01000193);
  h = Math.imul(h ^ (h >>> 16), 0x85ebca6b);
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35);
  return h ^ (h >>> 16);
}
