import type { Failure } from '@fovea/experiments/schema';
import {
  indexProgress,
  openIndex,
  type Database,
  type Index,
  type IndexEstimate,
  type IndexPreview,
} from '@fovea/platform';

export function presentPreview({ estimate, layers, skipped, units }: IndexPreview) {
  return { estimate: presentEstimate(estimate), layers: [...layers], skipped: [...skipped], units };
}

const presentEstimate = (estimate: IndexEstimate) => ({ ...estimate, groups: [...estimate.groups] });

export async function summarizeIndex(db: Database, index: Index) {
  const { groups: _groups, ...summary } = await presentProgress(db, index);
  return summary;
}

export async function presentIndex(db: Database, index: Index) {
  return {
    ...(await presentProgress(db, index)),
    codeVersion: index.codeVersion,
    estimate: presentEstimate(index.estimate as unknown as IndexEstimate),
    bytes: await bytesOf(db, index.id),
    skipped: [...(index.skipped as unknown as IndexPreview['skipped'])],
    failures: await newestFailures(db, index.id),
  };
}

async function presentProgress(db: Database, index: Index) {
  const open = await openIndex(db, index);
  const progress = await indexProgress(db, open);
  return {
    id: index.id,
    model: open.model.name,
    status: index.status,
    settings: open.settings,
    createdAt: index.createdAt.toISOString(),
    finishedAt: index.finishedAt?.toISOString() ?? null,
    ...progress,
    groups: [...progress.groups],
  };
}

async function bytesOf(db: Database, indexId: string): Promise<number> {
  const [row] = await db.$queryRaw<{ bytes: number }[]>`
    SELECT coalesce(sum(artifact."bytes"), 0)::float8 AS bytes
    FROM "Artifact" artifact JOIN "Run" run ON run."id" = artifact."runId"
    WHERE run."indexId" = ${indexId}::uuid`;
  return row!.bytes;
}

const shownFailures = 50;

async function newestFailures(db: Database, indexId: string) {
  const runs = await db.run.findMany({
    where: { indexId, status: 'failed' },
    orderBy: { id: 'desc' },
    take: shownFailures,
    select: { id: true, kind: true, layer: true, error: true },
  });
  return runs.map(({ id, kind, layer, error }) => ({
    runId: id,
    kind,
    layer,
    error: error as Failure | null,
  }));
}
