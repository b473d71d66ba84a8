/** Weights without what training put into them, against which the trained ones are measured. */
import type { HookedModel } from '@fovea/models';
import { randomFor, type Random } from '@fovea/tensor';
import {
  effectiveWeights,
  type EffectiveWeights,
  type EffectiveWeightsOptions,
} from './effective-weights.ts';
import { untrainedModel } from './untrained-model.ts';

export const weightNulls = ['gaussian', 'shuffled', 'untrained'] as const;

/**
 * `gaussian`: normal, of the same deviation for each unit. `shuffled`: the same weights, each at any place of its branch.
 * `untrained`: effective weights of the same network before training.
 */
export type WeightNull = (typeof weightNulls)[number];

/** @throws as effectiveWeights */
export async function nullWeights(
  model: HookedModel,
  weights: EffectiveWeights,
  kind: WeightNull,
  seed: number,
  options: EffectiveWeightsOptions = {},
): Promise<EffectiveWeights> {
  if (kind === 'untrained') {
    const untrained = untrainedModel(model, seed);
    try {
      return await effectiveWeights(untrained, weights.from, weights.to, options);
    } finally {
      untrained.dispose();
    }
  }
  const random = randomFor(seed, 0, `${kind} weights`);
  const parts = weights.parts.map((part) => ({
    ...part,
    values: kind === 'gaussian' ? gaussian(part.values, part.count, random) : shuffled(part.values, random),
  }));
  return { ...weights, parts };
}

function gaussian(values: Float32Array, units: number, random: Random): Float32Array {
  const size = values.length / units;
  const drawn = new Float32Array(values.length);
  for (let unit = 0; unit < units; unit++) {
    const own = values.subarray(unit * size, (unit + 1) * size);
    const mean = own.reduce((sum, value) => sum + value, 0) / size;
    const deviation = Math.sqrt(own.reduce((sum, value) => sum + (value - mean) ** 2, 0) / size);
    for (let index = 0; index < size; index++)
      drawn[unit * size + index] = mean + deviation * random.normal();
  }
  return drawn;
}

/** Fisher and Yates. */
function shuffled(values: Float32Array, random: Random): Float32Array {
  const mixed = values.slice();
  for (let last = mixed.length - 1; last > 0; last--) {
    const other = random.integer(last + 1);
    [mixed[last], mixed[other]] = [mixed[other]!, mixed[last]!];
  }
  return mixed;
}
