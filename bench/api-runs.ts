/** A table full of runs, made by the database itself. */
import type { Database, Owner } from '../packages/platform/src/index.ts';

/** One run for each 3.6 s of the past: 100,000 go back over four days. Three events each. */
export async function fillRuns(db: Database, { teamId, createdById }: Owner, count: number): Promise<void> {
  await db.$executeRaw`
    INSERT INTO "Run" (id, title, kind, "kindVersion", input, "modelName", "modelDigest", seed, "codeVersion", hash,
      "searchText", status, step, total, loss, "stepsPerSecond", sequence, "createdAt", "queuedAt", "startedAt",
      "finishedAt", "wallSeconds", "createdById", "teamId")
    SELECT
      -- A UUID of version 7 by hand, for servers older than Postgres 18.
      (lpad(to_hex((extract(epoch FROM created) * 1000)::bigint), 12, '0') || '70008000' || lpad(to_hex(n), 12, '0'))::uuid,
      'Run ' || n, 'feature-visualization', 1,
      jsonb_build_object('model', model, 'objective', unit, 'width', 128, 'height', 128, 'steps', 512, 'batch', 1),
      model, md5(model) || md5(model), n, 'bench', md5(n::text) || md5(n::text),
      'Run ' || n || E'\nfeature-visualization\n' || model || E'\n' || unit,
      status, 512, 512, -random() * 100, 20, 3, created, created,
      CASE WHEN status <> 'queued' THEN created END,
      CASE WHEN status NOT IN ('queued', 'running') THEN created + interval '30 seconds' END,
      20 + random() * 20, ${createdById}::uuid, ${teamId}::uuid
    FROM (
      SELECT n, now() - make_interval(secs => (${count}::int - n) * 3.6 + 900) AS created,
        'model-' || n % 10 AS model,
        'mixed' || 3 + n % 3 || chr(97 + n % 5) || ':' || n % 1024 AS unit,
        (CASE
          WHEN n > ${count}::int - 200 THEN 'queued' WHEN n > ${count}::int - 202 THEN 'running'
          WHEN n % 20 = 0 THEN 'failed' WHEN n % 33 = 0 THEN 'cancelled' ELSE 'succeeded'
        END)::"RunStatus" AS status
      FROM generate_series(1, ${count}::int) AS n
    ) AS run`;
  await db.$executeRaw`
    INSERT INTO "RunEvent" ("runId", sequence, type, data)
    SELECT id, place, (ARRAY['progress', 'preview', 'status'])[place]::"RunEventType",
      jsonb_build_object('step', 512, 'mediaType', 'image/png', 'key', hash, 'bytes', 1000, 'status', status)
    FROM "Run", generate_series(1, 3) AS place`;
  await db.$executeRawUnsafe('ANALYZE "Run", "RunEvent"');
}
