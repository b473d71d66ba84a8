/**
 * Keeps an index at work: its runs are queued a few at a time, so that a large one neither fills the queue nor holds up
 * what others ask for, and so that little has to be undone when it is paused.
 */
import { indexSettingsSchema } from '@fovea/experiments/schema';
import type { Index } from '../../../../prisma/generated/client.ts';
import type { Database } from '../database.ts';
import { isPlatformError } from '../errors.ts';
import { tryLock } from '../lock.ts';
import type { RunQueue } from '../queue.ts';
import { findModel } from '../registry/models.ts';
import { createRun } from '../runs/create.ts';
import { missingRuns } from './missing-runs.ts';
import { openIndex } from './open-index.ts';
import type { PlannedRun } from './plan.ts';

export interface IndexServices {
  readonly db: Database;
  readonly queue: RunQueue;
}

/** Runs of an index that wait in the queue at most. */
const mostWaiting = 32;

/** Below what a researcher asks for by hand; the quick parts before the long one. */
const priorities = { pictures: -60, others: -50 };

/** Planning a large model and writing some rows takes a while. */
const transactionTimeout = 120_000;

export const indexLock = (id: string): string => `index ${id}`;

/** Every index that is under way. Safe to repeat, and from several processes at once. */
export async function advanceIndexes(services: IndexServices): Promise<void> {
  const running = await services.db.index.findMany({ where: { status: 'running' }, select: { id: true } });
  for (const { id } of running) await advanceIndex(services, id);
}

/** Queues what comes next, or declares the index finished. Does nothing where another process is at it. */
export async function advanceIndex(services: IndexServices, id: string): Promise<void> {
  await services.db.$transaction(
    async (transaction) => {
      if (!(await tryLock(transaction, indexLock(id)))) return;
      const index = await transaction.index.findUnique({ where: { id } });
      if (index?.status === 'running') await fillQueue(services, index);
    },
    { timeout: transactionTimeout },
  );
}

async function fillQueue(services: IndexServices, index: Index): Promise<void> {
  const { db } = services;
  const open = await openIndex(db, index);
  if ((await findModel(db, open.model.name)).id !== index.modelId) {
    services.queue.log.warn({ indexId: index.id }, 'The model of an index was replaced: the index ends');
    return end(db, index, 'cancelled');
  }
  const waiting = await db.run.count({ where: { indexId: index.id, status: 'queued' } });
  // Looking for what is missing is worth it for several runs only.
  if (waiting > mostWaiting / 2) return;
  let room = mostWaiting - waiting;
  for await (const planned of missingRuns(db, open)) {
    if (room === 0) return;
    if (await queueOrLeave(services, index, planned)) room--;
  }
  const unfinished = await db.run.count({
    where: { indexId: index.id, status: { in: ['queued', 'running'] } },
  });
  if (unfinished > 0) return;
  await end(db, index, 'finished');
}

async function end(db: Database, { id }: Index, status: 'finished' | 'cancelled'): Promise<void> {
  await db.index.update({ where: { id }, data: { status, finishedAt: new Date() } });
}

/** What has become impossible since the index began, such as a sweep over a dataset that is gone, is left out. */
async function queueOrLeave(services: IndexServices, index: Index, planned: PlannedRun): Promise<boolean> {
  try {
    return await queueRun(services, index, planned);
  } catch (error) {
    if (!isPlatformError(error) || error.status >= 500) throw error;
    services.queue.log.warn({ err: error, indexId: index.id }, 'A run of an index is left out');
    return false;
  }
}

export interface QueueOptions {
  readonly priority?: number;
}

/** Returns whether it is a run of its own: what was computed before, or is being, is not computed again. */
export async function queueRun(
  services: IndexServices,
  index: Index,
  { part, layer, kind, input }: PlannedRun,
  { priority = part === 'pictures' ? priorities.pictures : priorities.others }: QueueOptions = {},
): Promise<boolean> {
  const { teamId, createdById, codeVersion } = index;
  const { seed } = indexSettingsSchema.parse(index.settings);
  const { outcome } = await createRun(
    services,
    // Units that have pictures were left out already; another run may hold some of the others.
    { kind, input, seed, priority, force: part === 'pictures' },
    { teamId, createdById, codeVersion, index: { id: index.id, layer } },
  );
  return outcome === 'created';
}
