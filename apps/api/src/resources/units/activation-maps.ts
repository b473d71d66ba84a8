import { layerActivations } from '@fovea/experiments/schema';
import { PlatformError, readUnitSlice, type FoundLayer } from '@fovea/platform';
import type { Services } from '../../services.ts';

interface Wanted {
  /** Digest of the dataset; the newest sweep's where there is none. */
  readonly subject?: string | undefined;
  readonly tokens?: string | undefined;
}

/** Throws NOT_FOUND where no sweep has kept maps of the unit. */
export async function readActivationMaps(
  services: Services,
  { model, layer }: FoundLayer,
  channel: number,
  { subject, tokens }: Wanted,
): Promise<Uint8Array> {
  const { db, owner } = services;
  const evidence = await db.layerEvidence.findFirst({
    where: {
      teamId: owner.teamId,
      modelId: model.id,
      layer: layer.name,
      kind: 'activation-sweep',
      ...(subject !== undefined && { subject }),
    },
    orderBy: { createdAt: 'desc' },
  });
  const groups = evidence ? layerActivations.parse(evidence.data).groups : [];
  const group = tokens === undefined ? groups[0] : groups.find((each) => each.tokens === tokens);
  if (!evidence || !group)
    throw new PlatformError('NOT_FOUND', `No sweep has kept activation maps of ${layer.name} that fit`);
  return readUnitSlice(services, evidence.runId, group.maps, channel);
}
