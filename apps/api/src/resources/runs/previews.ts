import type { Database, Run } from '@fovea/platform';

export interface Preview {
  readonly step: number;
  readonly mediaType: string;
  readonly key: string;
}

/** The newest preview of each run that has one, by run id. */
export async function newestPreviews(db: Database, runs: readonly Run[]): Promise<Map<string, Preview>> {
  const started = runs.filter((run) => run.startedAt !== null).map((run) => run.id);
  if (started.length === 0) return new Map();
  // One step back along the index for each run, rather than through all of its events.
  const rows = await db.$queryRaw<{ runId: string; data: Preview }[]>`
    SELECT run.id AS "runId", newest.data
    FROM unnest(${started}::uuid[]) AS run(id)
    CROSS JOIN LATERAL (
      SELECT data FROM "RunEvent"
      WHERE "runId" = run.id AND type = 'preview'
      ORDER BY sequence DESC LIMIT 1
    ) AS newest`;
  return new Map(rows.map(({ runId, data }) => [runId, data]));
}
