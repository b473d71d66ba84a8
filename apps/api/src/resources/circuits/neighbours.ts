/** The units at the other ends of a unit's strongest weights. */
import { unitWeights } from '@fovea/experiments/schema';
import type { Database } from '@fovea/platform';
import type { UnitPlace } from '../units/thumbnails.ts';

export interface OfModel {
  readonly teamId: string;
  readonly modelId: string;
}

/** @param count of exciting and of inhibiting ones, among the inputs and among the outputs of each unit */
export async function strongestNeighbours(
  db: Database,
  { teamId, modelId }: OfModel,
  units: readonly UnitPlace[],
  count: number,
): Promise<UnitPlace[]> {
  if (count === 0) return [];
  const evidence = await db.unitEvidence.findMany({
    where: {
      teamId,
      modelId,
      kind: 'unit-weights',
      OR: units.map(({ layer, channel }) => ({ layer, channel })),
    },
    select: { data: true },
  });
  return evidence.flatMap(({ data }) => {
    const { other, excitatory, inhibitory } = unitWeights.parse(data);
    return [...excitatory.slice(0, count), ...inhibitory.slice(0, count)].map(({ channel }) => ({
      layer: other,
      channel,
    }));
  });
}
