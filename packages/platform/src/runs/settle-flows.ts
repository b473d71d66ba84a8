import type { Failure } from '@fovea/experiments/schema';
import type { Prisma, Run } from '../../../../prisma/generated/client.ts';
import type { Database } from '../database.ts';
import { isPlatformError } from '../errors.ts';
import type { RunQueue } from '../queue.ts';
import { databaseTime } from './clock.ts';
import { isLost } from './shards.ts';
import { stopRun } from './stop-run.ts';
import { transition } from './transitions.ts';

/**
 * A run that lost a shard fails, and the shards of a run that failed or was cancelled are cancelled. Any number of
 * processes may settle at once, and whatever one of them leaves undone is done by the next.
 * @param flowRunId the run to look at; default: all
 */
export async function settleFlows(
  services: { db: Database; queue: RunQueue },
  flowRunId?: string,
): Promise<void> {
  const { db } = services;
  const which: Prisma.RunWhereInput = flowRunId === undefined ? {} : { id: flowRunId };
  const incomplete = await db.run.findMany({
    where: { ...which, status: 'queued', shards: { some: isLost } },
    include: { shards: { where: isLost, orderBy: { finishedAt: 'asc' }, take: 1 } },
  });
  for (const { id, shards } of incomplete) await failFlow(db, id, shards[0]!);
  const useless = await db.run.findMany({
    where: {
      flow: { ...which, ...isLost },
      status: { in: ['queued', 'running'] },
      cancelRequestedAt: null,
    },
    select: { id: true },
  });
  for (const { id } of useless) await stopIfAlive(services, id);
}

async function failFlow(db: Database, id: string, shard: Run): Promise<void> {
  await db.$transaction(async (transaction) =>
    transition(
      transaction,
      'loseShard',
      { id, shards: { some: isLost } },
      { error: shardLost(shard), finishedAt: await databaseTime(transaction) },
    ),
  );
}

function shardLost({ id, status, error }: Run): Failure {
  const cause = error as Failure | null;
  const how = status === 'cancelled' || !cause ? 'was cancelled' : `failed. ${cause.message}`;
  return {
    fault: cause?.fault ?? 'platform',
    code: 'SHARD_LOST',
    message: `The shard ${id} ${how}`,
    details: { shard: id },
  };
}

async function stopIfAlive(services: { db: Database; queue: RunQueue }, id: string): Promise<void> {
  try {
    await stopRun(services, id);
  } catch (error) {
    if (!isPlatformError(error, 'TRANSITION_ILLEGAL')) throw error;
  }
}
