/** Networks to measure with. Time does not depend on the weights, so none need to be there. */
import { architectures, findArchitecture, type HookedModel } from '../packages/models/src/index.ts';
import { syntheticModel } from '../packages/models/src/testing/synthetic-model.ts';

/** @param name of a variant, or of an architecture, which stands for its first variant */
export function loadModel(name: string): Promise<HookedModel> {
  const owner = architectures.find(({ variants }) => variants.some((variant) => variant.name === name));
  return owner ? syntheticModel(owner.name, name) : syntheticModel(findArchitecture(name).name);
}
