import type { HookedModel } from '../hooked-model.ts';
import { findArchitecture, findVariant } from '../known-architectures.ts';
import { hookedModel } from '../model.ts';
import { networkOf } from '../network.ts';
import { toEngine } from '../weights.ts';
import { syntheticWeight } from './synthetic-tensor.ts';

/** A network of a known architecture whose weights are functions of their names. */
export function syntheticModel(architectureName: string, variantName?: string): HookedModel {
  const architecture = findArchitecture(architectureName);
  const variant = variantName ? findVariant(architecture, variantName) : architecture.variants[0];
  const network = networkOf(variant);
  const weights = new Map(
    network.tensors.map((spec) => [spec.name, toEngine(spec, syntheticWeight(spec.name, spec.shape))]),
  );
  return hookedModel(
    {
      name: architecture.name,
      architecture: architecture.name,
      digest: '0'.repeat(64),
      preprocessing: variant.preprocessing,
    },
    network,
    weights,
  );
}
