import type { Run } from '../../../../prisma/generated/client.ts';
import type { Database } from '../database.ts';
import { notify } from '../notifications.ts';
import { withdrawRun, type RunQueue } from '../queue.ts';
import { databaseTime } from './clock.ts';
import { requireRun } from './find.ts';
import { illegalTransition, transition } from './transitions.ts';

/**
 * A queued run is cancelled at once. A running one is marked, and its worker told: it becomes cancelled when the worker
 * has stopped it. Asking twice is no error; throws RUN_NOT_FOUND, or TRANSITION_ILLEGAL for a finished run.
 */
export async function stopRun({ db, queue }: { db: Database; queue: RunQueue }, runId: string): Promise<Run> {
  const run = await db.$transaction(async (transaction) => {
    // Between the two updates below, a run that is given back at this moment would be neither running nor queued.
    await transaction.$queryRaw`SELECT id FROM "Run" WHERE id = ${runId}::uuid FOR UPDATE`;
    const now = await databaseTime(transaction);
    const waiting = { id: runId, status: 'queued' as const };
    const cancelled = await transition(transaction, 'cancel', waiting, {
      cancelRequestedAt: now,
      finishedAt: now,
    });
    if (cancelled) return cancelled;
    const [running] = await transaction.run.updateManyAndReturn({
      where: { id: runId, status: 'running' },
      data: { cancelRequestedAt: now },
    });
    if (running) await notify(transaction, 'cancel', { runId });
    return running ?? null;
  });
  if (!run) throw illegalTransition('cancel', await requireRun(db, runId));
  if (run.status === 'cancelled') await withdrawRun(queue, run);
  return run;
}
