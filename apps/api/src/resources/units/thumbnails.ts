/** The one small picture by which a unit is shown among others. */
import type { Database } from '@fovea/platform';

export interface StoredPicture {
  readonly key: string;
  readonly mediaType: string;
}

export interface UnitPlace {
  readonly layer: string;
  readonly channel: number;
}

/**
 * By `layer:channel`. Nobody chooses: of the channel objective, positive, the first seed, and only without such a one
 * another.
 */
export async function thumbnailKeys(
  db: Database,
  teamId: string,
  modelId: string,
  units: readonly UnitPlace[],
): Promise<Map<string, StoredPicture>> {
  if (units.length === 0) return new Map();
  const rows = await db.$queryRaw<(StoredPicture & { unit: string })[]>`
    SELECT picture.layer || ':' || picture.channel AS unit, artifact.key, artifact."mediaType"
    FROM unnest(${units.map(({ layer }) => layer)}::text[], ${units.map(({ channel }) => channel)}::int[])
      AS wanted (layer, channel)
    CROSS JOIN LATERAL (
      SELECT * FROM "UnitPicture"
      WHERE "teamId" = ${teamId}::uuid AND "modelId" = ${modelId}::uuid
        AND layer = wanted.layer AND channel = wanted.channel
      ORDER BY sign DESC, objective = 'channel' DESC, objective = 'neuron' DESC, variant, restart
      LIMIT 1
    ) AS picture
    JOIN "Artifact" AS artifact
      ON artifact."runId" = picture."runId" AND artifact.name = coalesce(picture."thumbnailName", picture.name)`;
  return new Map(rows.map(({ unit, key, mediaType }) => [unit, { key, mediaType }]));
}
