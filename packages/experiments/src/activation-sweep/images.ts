/** Which images of a dataset are swept, and by whom. */
import { imageSample } from '@fovea/interp';
import type { ActivationSweepInput } from './schema.ts';

export interface SweptImages {
  /** All of them, of whatever shard: indices in the split, in increasing order. */
  readonly all: readonly number[];
  /** Those of this run. */
  readonly own: readonly number[];
  /** Of all: those of which vectors are kept. */
  readonly sample: readonly number[];
}

/** @param size of the split */
export function sweptImages(
  { limit, sample, shard }: Pick<ActivationSweepInput, 'limit' | 'sample' | 'shard'>,
  size: number,
  seed: number,
): SweptImages {
  const all = imageSample(size, limit, seed, 'images');
  const chosen = imageSample(all.length, sample, seed, 'sample');
  const start = (index: number) => Math.floor((index * all.length) / (shard?.count ?? 1));
  return {
    all,
    own: shard ? all.slice(start(shard.index), start(shard.index + 1)) : all,
    sample: chosen.map((place) => all[place]!),
  };
}
