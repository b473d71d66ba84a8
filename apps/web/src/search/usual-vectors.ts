import { unwrap } from '@fovea/client';
import { layerActivations } from '@fovea/experiments/schema';
import { api } from '../api/client.ts';

/**
 * Files of the newest sweeps that tell what is usual for the units of these layers, by layer (and kind of token) as the
 * input of image-activations takes them. Layers that no sweep has seen are left out.
 */
export async function usualVectors(
  model: string,
  layers: readonly string[],
): Promise<Record<string, string>> {
  const found = await Promise.all(layers.map((layer) => vectorsOf(model, layer)));
  return Object.fromEntries(found.flat());
}

async function vectorsOf(model: string, layer: string): Promise<[string, string][]> {
  const { evidence } = unwrap(
    await api.GET('/models/{model}/layers/{layer}', { params: { path: { model, layer } } }),
  );
  const newest = evidence
    .filter(({ kind }) => kind === 'activation-sweep')
    .toSorted((a, b) => b.createdAt.localeCompare(a.createdAt))[0];
  const parsed = layerActivations.safeParse(newest?.data);
  if (!newest || !parsed.success) return [];
  return parsed.data.groups.flatMap(({ tokens, vectors }): [string, string][] => {
    const artifact = newest.artifacts.find(({ name }) => name === vectors.artifact);
    return artifact ? [[tokens === 'all' ? layer : `${layer}.${tokens}`, artifact.sha256]] : [];
  });
}
