/**
 * Runs that are computed in parts. A kind may divide an input into shards: each is a run of its own, in the same queue,
 * and the run that merges their results waits until all have succeeded. The rows decide; the queue only delivers.
 */
import { findKindSchema } from '@fovea/experiments/schema';
import type { Prisma, Run } from '../../../../prisma/generated/client.ts';
import type { Queryable, Transaction } from '../database.ts';
import { findSame, insertRun, type NewRun } from './new-run.ts';
import { hashRun } from './run-hash.ts';
import { searchText } from './search-text.ts';

/** Of runs whose shards have all succeeded, and of those that have none. */
export const isReady = { shards: { none: { status: { not: 'succeeded' } } } } satisfies Prisma.RunWhereInput;

export const isLost = { status: { in: ['failed', 'cancelled'] } } satisfies Prisma.RunWhereInput;

/** Not held by a run that still waits for it. */
const isFree = {
  OR: [{ flowRunId: null }, { flow: { status: { in: ['succeeded', 'failed', 'cancelled'] } } }],
} satisfies Prisma.RunWhereInput;

/** The shards' rows, in their order, as they are before they are stored; none for a run that is not divided. */
export function plannedShards(flow: Run): NewRun[] {
  const inputs = findKindSchema(flow.kind)?.shards?.(flow.input) ?? [];
  return inputs.map((input) => {
    const { kindVersion, modelDigest, datasetDigest, seed, codeVersion } = flow;
    const identity = { kind: flow.kind, kindVersion, input, modelDigest, datasetDigest, seed, codeVersion };
    return {
      ...identity,
      hash: hashRun(identity),
      priority: flow.priority,
      total: Math.ceil(flow.total / inputs.length),
      modelId: flow.modelId,
      modelName: flow.modelName,
      searchText: searchText(flow.title, flow.kind, flow.modelName, input),
      teamId: flow.teamId,
      createdById: flow.createdById,
      flowRunId: flow.id,
      input: input as Prisma.InputJsonValue,
    };
  });
}

/**
 * Gives a run the shards that it lacks: those that are known from an earlier run unless `force`, and new ones.
 * Returns the new ones.
 */
export async function addShards(transaction: Transaction, flow: Run, force: boolean): Promise<Run[]> {
  const own = await transaction.run.findMany({ where: { flowRunId: flow.id }, select: { hash: true } });
  const has = new Set(own.map(({ hash }) => hash));
  const added: Run[] = [];
  for (const row of plannedShards(flow)) {
    if (has.has(row.hash)) continue;
    const known = force ? null : await findSame(transaction, row, isFree);
    if (known) await transaction.run.update({ where: { id: known.id }, data: { flowRunId: flow.id } });
    else added.push(await insertRun(transaction, row));
  }
  return added;
}

/** The shard at a place among those of a run, which has succeeded. */
export async function requireShard(db: Queryable, flow: Run, index: number): Promise<Run> {
  const planned = plannedShards(flow)[index];
  return db.run.findFirstOrThrow({
    where: { flowRunId: flow.id, hash: planned?.hash ?? '', status: 'succeeded' },
  });
}
