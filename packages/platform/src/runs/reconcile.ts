import type { Database } from '../database.ts';
import { enqueueRuns, type RunQueue } from '../queue.ts';
import { databaseTime } from './clock.ts';
import { isReady } from './shards.ts';

export interface ReconcileOptions {
  /** Runs looked at, from the head of the queue. */
  readonly limit?: number;
  /** Leaves alone what entered the queue this moment: its job is on its way. */
  readonly settleSeconds?: number;
}

/**
 * Offers the runs at the head of the queue again, in case their jobs were lost with the queue's server: a job that is
 * still there stays as it is. Repeated, this drains a queue of any length. Returns how many runs it looked at.
 */
export async function reconcileQueue(
  { db, queue }: { db: Database; queue: RunQueue },
  { limit = 500, settleSeconds = 5 }: ReconcileOptions = {},
): Promise<number> {
  const settled = new Date((await databaseTime(db)).getTime() - settleSeconds * 1000);
  const waiting = await db.run.findMany({
    where: { status: 'queued', queuedAt: { lte: settled }, ...isReady },
    orderBy: [{ priority: 'desc' }, { queuedAt: 'asc' }, { id: 'asc' }],
    select: { id: true, priority: true, queuedAt: true },
    take: limit,
  });
  if (waiting.length > 0) await enqueueRuns(queue, waiting);
  return waiting.length;
}
