import type { Failure } from '@fovea/experiments/schema';
import type { Database, Run } from '@fovea/platform';
import type { LinkObject } from '../../object-links.ts';
import { queuePosition } from '@fovea/platform';
import { newestPreviews, type Preview } from './previews.ts';

export async function presentRun(db: Database, run: Run, link: LinkObject) {
  const [summary] = await summarizeRuns(db, [run], link);
  return {
    ...summary!,
    hash: run.hash,
    datasetDigest: run.datasetDigest,
    codeVersion: run.codeVersion,
    backend: run.backend,
    workerId: run.workerId,
    parentRunId: run.parentRunId,
    flowRunId: run.flowRunId,
    shards: await shardsOf(db, run),
    cancelRequestedAt: run.cancelRequestedAt?.toISOString() ?? null,
    queuePosition: await queuePosition(db, run),
    result: run.result,
  };
}

const shardsOf = (db: Database, { id }: Run) =>
  db.run.findMany({
    where: { flowRunId: id },
    orderBy: { id: 'asc' },
    select: { id: true, status: true, step: true, total: true },
  });

export async function summarizeRuns(db: Database, runs: readonly Run[], link: LinkObject) {
  const previews = await newestPreviews(db, runs);
  return Promise.all(runs.map(async (run) => summarize(run, await picture(previews.get(run.id), link))));
}

type Picture = Awaited<ReturnType<typeof picture>>;

async function picture(preview: Preview | undefined, link: LinkObject) {
  if (!preview) return null;
  const { step, mediaType, key } = preview;
  return { step, mediaType, url: await link(key, { mediaType }) };
}

const summarize = (run: Run, picture: Picture) => ({
  id: run.id,
  title: run.title,
  kind: run.kind,
  kindVersion: run.kindVersion,
  status: run.status,
  input: run.input as Record<string, unknown>,
  model: run.modelName,
  modelDigest: run.modelDigest,
  seed: run.seed,
  priority: run.priority,
  step: run.step,
  total: run.total,
  loss: run.loss,
  stepsPerSecond: run.stepsPerSecond,
  attempt: run.attempt,
  createdAt: run.createdAt.toISOString(),
  startedAt: run.startedAt?.toISOString() ?? null,
  finishedAt: run.finishedAt?.toISOString() ?? null,
  wallSeconds: run.wallSeconds,
  error: run.error as Failure | null,
  picture,
});
