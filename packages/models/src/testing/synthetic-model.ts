import type { Variant } from '../architecture.ts';
import type { HookedModel } from '../hooked-model.ts';
import { findArchitecture, findVariant } from '../known-architectures.ts';
import { hookedModel } from '../model.ts';
import { networkOf } from '../network.ts';
import { syntheticCheckpointOf } from '../parity/synthetic-checkpoint.ts';
import { readWeights } from '../weights.ts';

/** A network of a known architecture whose weights are functions of their names in a checkpoint. */
export async function syntheticModel(architectureName: string, variantName?: string): Promise<HookedModel> {
  const architecture = findArchitecture(architectureName);
  const variant = variantName ? findVariant(architecture, variantName) : architecture.variants[0];
  return variantModel(architecture.name, variant);
}

export async function variantModel(architecture: string, variant: Variant): Promise<HookedModel> {
  const network = networkOf(variant);
  const [naming] = variant.namings ?? [];
  const weights = await readWeights(network.tensors, syntheticCheckpointOf(network, naming), naming);
  return hookedModel(
    {
      name: variant.name,
      architecture,
      variant: variant.name,
      digest: '0'.repeat(64),
      preprocessing: variant.preprocessing,
    },
    network,
    weights,
    naming,
  );
}
