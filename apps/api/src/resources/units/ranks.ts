import type { Database } from '@fovea/platform';
import type { UnitKey } from './pictures.ts';

interface RankedMeasure {
  readonly name: string;
  readonly subject: string;
  readonly value: number;
  readonly rank: number;
  readonly of: number;
  readonly runId: string;
}

/** The measures of a unit, each with its place among those of its layer: 1 for the highest value. */
export const rankedMeasures = (
  db: Database,
  { teamId, modelId, layer, channel }: UnitKey,
): Promise<RankedMeasure[]> =>
  db.$queryRaw`
    SELECT own.name, own.subject, own.value, own."runId",
      (1 + count(*) FILTER (WHERE other.value > own.value))::int AS rank, count(*)::int AS of
    FROM "UnitMeasure" AS own
    JOIN "UnitMeasure" AS other USING ("teamId", "modelId", layer, name, subject)
    WHERE own."teamId" = ${teamId}::uuid AND own."modelId" = ${modelId}::uuid
      AND own.layer = ${layer} AND own.channel = ${channel}
    GROUP BY own.name, own.subject, own.value, own."runId"
    ORDER BY own.name, own.subject`;
