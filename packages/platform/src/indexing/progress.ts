/** How far an index is, by part and layer. */
import type { IndexPart } from '@fovea/experiments/schema';
import type { RunStatus } from '../../../../prisma/generated/client.ts';
import type { Queryable } from '../database.ts';
import type { Skipped } from './compare-plan.ts';
import type { IndexEstimate } from './estimate.ts';
import type { OpenIndex } from './open-index.ts';
import { picturesIn, planIndex, stepsOf, type PlannedRun } from './plan.ts';

export interface GroupProgress {
  readonly part: IndexPart;
  readonly layer: string | null;
  /** 0 to 1, with what was there before. */
  readonly share: number;
  /** Of units; 0 where the part makes none. */
  readonly pictures: { readonly done: number; readonly total: number };
  /** Those that exist by now; more may be planned. */
  readonly runs: Readonly<Record<RunStatus, number>>;
}

export interface IndexProgress {
  /** Of what was missing when it began, 0 to 1, weighed by the time that the parts were estimated to take. */
  readonly share: number;
  readonly pictures: { readonly done: number; readonly total: number };
  readonly runs: Readonly<Record<RunStatus, number>>;
  /** On the workers that were there when it began, at the pace of its runs so far; null once it is over. */
  readonly secondsLeft: number | null;
  readonly groups: readonly GroupProgress[];
}

const noRuns: Readonly<Record<RunStatus, number>> = {
  queued: 0,
  running: 0,
  succeeded: 0,
  failed: 0,
  cancelled: 0,
};

interface Counted {
  readonly layer: string | null;
  readonly kind: string;
  readonly status: RunStatus;
  readonly runs: number;
  readonly steps: number;
  /** At work. */
  readonly seconds: number;
}

export async function indexProgress(db: Queryable, open: OpenIndex): Promise<IndexProgress> {
  const { index, settings, model } = open;
  const counted = await db.$queryRaw<Counted[]>`
    SELECT "layer", "kind", "status", count(*)::int AS runs,
      sum(CASE WHEN "status" = 'succeeded' THEN "total" ELSE least("step", "total") END)::float8 AS steps,
      sum("wallSeconds")::float8 AS seconds
    FROM "Run" WHERE "indexId" = ${index.id}::uuid GROUP BY "layer", "kind", "status"`;
  const skipped = index.skipped as unknown as readonly Skipped[];
  const planned = Map.groupBy(planIndex(settings, model), ({ part, layer }) => JSON.stringify([part, layer]));
  const groups = [...planned.values()].map((runs) => groupProgress(runs, counted, skipped));

  const estimate = index.estimate as unknown as IndexEstimate;
  const left = sum(groups, (group) => {
    const expected = estimate.groups.find(({ part, layer }) => part === group.part && layer === group.layer);
    const before = skipped.find(({ part, layer }) => part === group.part && layer === group.layer);
    const missing = 1 - (before?.share ?? 0);
    return missing === 0 ? 0 : ((expected?.seconds ?? 0) * (1 - group.share)) / missing;
  });
  const expected = sum(estimate.groups, ({ seconds }) => seconds);
  const isOver = index.status === 'finished' || index.status === 'cancelled';
  return {
    share: index.status === 'finished' || expected === 0 ? 1 : 1 - left / expected,
    pictures: {
      done: sum(groups, ({ pictures }) => pictures.done),
      total: sum(groups, ({ pictures }) => pictures.total),
    },
    runs: addRuns(groups.map(({ runs }) => runs)),
    secondsLeft: isOver ? null : (left * paceOf(groups, counted, estimate)) / estimate.places,
    groups,
  };
}

/** What the runs that are done took, as a multiple of what they were estimated to take. */
function paceOf(
  groups: readonly GroupProgress[],
  counted: readonly Counted[],
  estimate: IndexEstimate,
): number {
  const taken = sum(counted, ({ status, seconds }) => (status === 'succeeded' ? seconds : 0));
  const foreseen = sum(estimate.groups, ({ part, layer, runs, seconds }) => {
    const group = groups.find((each) => each.part === part && each.layer === layer);
    return (seconds * Math.min(runs, group?.runs.succeeded ?? 0)) / runs;
  });
  return taken > 0 && foreseen > 0 ? taken / foreseen : 1;
}

function groupProgress(
  planned: readonly PlannedRun[],
  counted: readonly Counted[],
  skipped: readonly Skipped[],
): GroupProgress {
  const { part, layer, kind: name } = planned[0]!;
  const own = counted.filter((row) => row.layer === layer && row.kind === name);
  const runs = addRuns(own.map((row) => ({ ...noRuns, [row.status]: row.runs })));
  const before = skipped.find((each) => each.part === part && each.layer === layer);
  const steps = sum(planned, stepsOf);
  const made = Math.min(1, sum(own, (row) => row.steps) / Math.max(1, steps));
  const total = sum(planned, picturesIn);
  const share = Math.min(1, made + (before?.share ?? 0));
  return { part, layer, share, pictures: { done: Math.floor(share * total + 1e-9), total }, runs };
}

function addRuns(counts: readonly Readonly<Record<RunStatus, number>>[]): Record<RunStatus, number> {
  const total = { ...noRuns };
  for (const count of counts)
    for (const status of Object.keys(total) as RunStatus[]) total[status] += count[status];
  return total;
}

function sum<T>(items: readonly T[], of: (item: T) => number): number {
  return items.reduce((total, item) => total + of(item), 0);
}
