import type { Run } from '../../../../prisma/generated/client.ts';
import type { Database } from '../database.ts';
import { isPlatformError } from '../errors.ts';
import { offerRun, type RunQueue } from '../queue.ts';
import { databaseTime } from './clock.ts';
import { endAttempt } from './finish.ts';

/**
 * Takes runs from workers that stopped renewing their lease, and queues or fails them. Any number of processes may sweep
 * at once: each run is taken by one of them. Returns the runs taken.
 */
export async function sweepExpiredRuns({ db, queue }: { db: Database; queue: RunQueue }): Promise<Run[]> {
  const expired = await db.run.findMany({
    where: { status: 'running', leaseExpiresAt: { lt: await databaseTime(db) } },
    orderBy: { leaseExpiresAt: 'asc' },
    take: 100,
  });
  const swept: Run[] = [];
  for (const run of expired) {
    const taken = await takeRun(db, run);
    if (!taken) continue;
    swept.push(taken);
    if (taken.status === 'queued') await offerRun(queue, taken);
  }
  return swept;
}

async function takeRun(db: Database, { id, workerId, claims }: Run): Promise<Run | null> {
  if (workerId === null) return null;
  try {
    return await db.$transaction(async (transaction) => {
      const now = await databaseTime(transaction);
      const lapsed = await transaction.run.updateMany({
        // The lease may have been renewed since the run was listed; this also locks the row against that.
        where: { id, claims, leaseExpiresAt: { lt: now } },
        data: { leaseExpiresAt: now },
      });
      if (lapsed.count === 0) return null;
      return endAttempt(
        transaction,
        { runId: id, workerId, number: claims },
        {
          fault: 'platform',
          code: 'WORKER_LOST',
          message: `Worker ${workerId} stopped answering, as did every worker that tried this run before it. Look at its log, then retry the run.`,
        },
      );
    });
  } catch (error) {
    if (isPlatformError(error, 'CLAIM_LOST')) return null;
    throw error;
  }
}
