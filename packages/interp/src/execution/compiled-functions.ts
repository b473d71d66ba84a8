/** The compiled functions of this process: one bound of memory for all methods. */
import type { HookedModel, Network } from '@fovea/models';
import { compiledCache } from '@fovea/tensor';

export const compiledFunctions = compiledCache();

const numbers = new WeakMap<HookedModel | Network, number>();
let counted = 0;

/** Weights are part of a compiled function, and two loaded models may share their name: each has its own number. */
export function numberOfModel(model: HookedModel | Network): number {
  let number = numbers.get(model);
  if (number === undefined) numbers.set(model, (number = counted++));
  return number;
}
