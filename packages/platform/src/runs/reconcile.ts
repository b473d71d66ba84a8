import type { Database } from '../database.ts';
import { enqueueRuns, type RunQueue } from '../queue.ts';

/** So that a run which was created this moment is not offered twice over. */
const settleSeconds = 5;

/**
 * Offers the runs at the head of the queue again, in case their jobs were lost with the queue's server: what is still
 * there stays as it is. Repeated, this drains a queue of any length. Returns how many runs it looked at.
 */
export async function reconcileQueue(
  { db, queue }: { db: Database; queue: RunQueue },
  limit = 500,
): Promise<number> {
  const waiting = await db.run.findMany({
    where: { status: 'queued', queuedAt: { lt: new Date(Date.now() - settleSeconds * 1000) } },
    orderBy: [{ priority: 'desc' }, { queuedAt: 'asc' }, { id: 'asc' }],
    select: { id: true, priority: true, queuedAt: true },
    take: limit,
  });
  if (waiting.length > 0) await enqueueRuns(queue, waiting);
  return waiting.length;
}
