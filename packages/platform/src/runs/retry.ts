import { Prisma, type Run } from '../../../../prisma/generated/client.ts';
import type { Database } from '../database.ts';
import { offerRun, type RunQueue } from '../queue.ts';
import { databaseTime } from './clock.ts';
import { requireRun } from './find.ts';
import { illegalTransition, transition } from './transitions.ts';

/** Queues a failed or cancelled run again, with all its attempts; it goes on from its last checkpoint. */
export async function retryRun(
  { db, queue }: { db: Database; queue: RunQueue },
  runId: string,
): Promise<Run> {
  const run = await db.$transaction(async (transaction) =>
    transition(
      transaction,
      'retry',
      { id: runId },
      {
        queuedAt: await databaseTime(transaction),
        finishedAt: null,
        cancelRequestedAt: null,
        workerId: null,
        error: Prisma.DbNull,
        attempt: 1,
      },
    ),
  );
  if (!run) throw illegalTransition('retry', await requireRun(db, runId));
  await offerRun(queue, run);
  return run;
}
