import { matchCheckpoint } from '../checkpoint-match.ts';
import { openCheckpoint } from '../checkpoint/open-checkpoint.ts';
import type { HookedModel } from '../hooked-model.ts';
import { findArchitecture } from '../known-architectures.ts';
import { hookedModel } from '../model.ts';
import { readWeights } from '../weights.ts';
import { sharedMaterial } from './shared-material.ts';

/** A network with the trained weights of a file beside the repository, unregistered. */
export async function publishedModel(
  file: string,
  architecture: string,
  wanted?: string,
): Promise<HookedModel> {
  await using checkpoint = await openCheckpoint(sharedMaterial.path('models', file));
  const { variant, network, naming } = matchCheckpoint(findArchitecture(architecture), checkpoint, wanted);
  const weights = await readWeights(network.tensors, checkpoint, naming);
  const { name, preprocessing } = variant;
  const identity = { name: file, architecture, variant: name, digest: '0'.repeat(64), preprocessing };
  return hookedModel(identity, network, weights, naming);
}
