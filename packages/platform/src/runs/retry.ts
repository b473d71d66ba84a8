import { Prisma, type Run } from '../../../../prisma/generated/client.ts';
import type { Database, Transaction } from '../database.ts';
import { offerFlow, offerRun, type RunQueue } from '../queue.ts';
import { databaseTime } from './clock.ts';
import { requireRun } from './find.ts';
import { addShards, isLost } from './shards.ts';
import { illegalTransition, transition } from './transitions.ts';

/**
 * Queues a failed or cancelled run again, with all its attempts; it goes on from its last checkpoint. Of a run in shards
 * those that did not succeed are queued again, and with a shard the run that needs it.
 */
export async function retryRun(
  { db, queue }: { db: Database; queue: RunQueue },
  runId: string,
): Promise<Run> {
  const asked = await requireRun(db, runId);
  const flow = asked.flowRunId && (await db.run.findFirst({ where: { id: asked.flowRunId, ...isLost } }));
  const { run, shards } = await db.$transaction((transaction) => requeue(transaction, flow || asked));
  if (shards.length > 0) await offerFlow(queue, run, shards);
  else await offerRun(queue, run);
  return requireRun(db, runId);
}

async function requeue(transaction: Transaction, before: Run): Promise<{ run: Run; shards: Run[] }> {
  const run = await queueAgain(transaction, before.id);
  if (!run) throw illegalTransition('retry', before);
  // A shard that was to be stopped, and has not been yet, goes on.
  await transaction.run.updateMany({
    where: { flowRunId: run.id, status: 'running' },
    data: { cancelRequestedAt: null },
  });
  const lost = await transaction.run.findMany({ where: { flowRunId: run.id, ...isLost } });
  const again: Run[] = [];
  for (const { id } of lost) {
    const shard = await queueAgain(transaction, id);
    if (shard) again.push(shard);
  }
  return { run, shards: [...again, ...(await addShards(transaction, run, false))] };
}

const queueAgain = async (transaction: Transaction, id: string): Promise<Run | null> =>
  transition(
    transaction,
    'retry',
    { id },
    {
      queuedAt: await databaseTime(transaction),
      finishedAt: null,
      cancelRequestedAt: null,
      workerId: null,
      error: Prisma.DbNull,
      attempt: 1,
    },
  );
