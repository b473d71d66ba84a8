/** Pausing, resuming and cancelling an index. */
import type { Index, IndexStatus, RunStatus } from '../../../../prisma/generated/client.ts';
import { PlatformError } from '../errors.ts';
import { lock } from '../lock.ts';
import { requestCancel } from '../runs/cancel.ts';
import { retryRun } from '../runs/retry.ts';
import { isPlatformError } from '../errors.ts';
import { advanceIndex, indexLock, type IndexServices } from './advance.ts';
import { requireIndex } from './open-index.ts';

/** Its runs stop within seconds and keep what they have. Throws INDEX_NOT_FOUND, TRANSITION_ILLEGAL. */
export async function pauseIndex(services: IndexServices, id: string): Promise<Index> {
  await move(services, id, { from: ['running'], to: 'paused' });
  await forEachRun(services, id, ['queued', 'running'], (runId) => requestCancel(services, runId));
  return requireIndex(services.db, id);
}

/** What was stopped goes on where it was. Throws INDEX_NOT_FOUND, TRANSITION_ILLEGAL. */
export async function resumeIndex(services: IndexServices, id: string): Promise<Index> {
  await move(services, id, { from: ['paused'], to: 'running' });
  // One that was to be stopped, and has not been yet, goes on.
  await services.db.run.updateMany({
    where: { indexId: id, status: 'running' },
    data: { cancelRequestedAt: null },
  });
  await forEachRun(services, id, ['cancelled'], (runId) => retryRun(services, runId));
  await advanceIndex(services, id);
  return requireIndex(services.db, id);
}

/** For good; what was made stays. Throws INDEX_NOT_FOUND, TRANSITION_ILLEGAL. */
export async function cancelIndex(services: IndexServices, id: string): Promise<Index> {
  await move(services, id, { from: ['running', 'paused'], to: 'cancelled' });
  await forEachRun(services, id, ['queued', 'running'], (runId) => requestCancel(services, runId));
  return requireIndex(services.db, id);
}

interface Move {
  readonly from: readonly IndexStatus[];
  readonly to: IndexStatus;
}

/** Under the lock of the index, so that nobody queues runs of it meanwhile. */
async function move({ db }: IndexServices, id: string, { from, to }: Move): Promise<void> {
  await db.$transaction(async (transaction) => {
    await lock(transaction, [indexLock(id)]);
    const { count } = await transaction.index.updateMany({
      where: { id, status: { in: [...from] } },
      data: { status: to, finishedAt: to === 'cancelled' ? new Date() : null },
    });
    if (count === 1) return;
    const { status } = await requireIndex(transaction, id);
    throw new PlatformError(
      'TRANSITION_ILLEGAL',
      `Index ${id} is ${status}; only a ${from.join(' or ')} index can become ${to}`,
      { id, status, allowed: from },
    );
  });
}

async function forEachRun(
  { db }: IndexServices,
  indexId: string,
  status: readonly RunStatus[],
  act: (runId: string) => Promise<unknown>,
): Promise<void> {
  const runs = await db.run.findMany({
    where: { indexId, status: { in: [...status] } },
    select: { id: true },
  });
  for (const { id } of runs)
    await act(id).catch((error: unknown) => {
      // It has come to its end meanwhile.
      if (!isPlatformError(error, 'TRANSITION_ILLEGAL')) throw error;
    });
}
