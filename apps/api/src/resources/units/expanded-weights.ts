import { weightFactors } from '@fovea/experiments/schema';
import type { Database, FoundLayer } from '@fovea/platform';

/** Of those of the channels that have any: their expanded weights as three factors, from the newest run. */
export async function readExpandedWeights(
  db: Database,
  teamId: string,
  { model, layer }: FoundLayer,
  channels: readonly number[],
) {
  const rows = await db.$queryRaw<{ channel: number; from: string; factors: unknown }[]>`
    SELECT DISTINCT ON (channel) channel, subject AS from, data -> 'factors' AS factors
    FROM "UnitEvidence"
    WHERE "teamId" = ${teamId}::uuid AND "modelId" = ${model.id}::uuid AND layer = ${layer.name}
      AND channel = ANY(${channels}::int[]) AND kind = 'expanded-weights'
    ORDER BY channel, "createdAt" DESC`;
  return rows.flatMap(({ channel, from, factors }) => {
    const parsed = weightFactors.safeParse(factors);
    if (!parsed.success) return [];
    const { height, width, maps } = parsed.data;
    return [{ channel, from, height, width, maps }];
  });
}
