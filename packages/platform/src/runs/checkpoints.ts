import type { Database, Queryable } from '../database.ts';
import { lock } from '../lock.ts';
import type { Logger } from '../log.ts';
import type { ObjectStore } from '../objects/object-store.ts';

/** The last one may have been cut off mid-way by the crash it is needed after: keep the one before, too. */
export const keptCheckpoints = 2;

export const latestCheckpoint = (db: Queryable, runId: string) =>
  db.checkpoint.findFirst({ where: { runId }, orderBy: { step: 'desc' } });

export interface CheckpointServices {
  readonly db: Database;
  readonly store: ObjectStore;
  readonly log: Logger;
}

/**
 * Forgets all but the newest `keep`, and deletes what they alone referred to. What counts is stored by then, so that a
 * failure here is no failure of the run: what is left goes the next time.
 */
export async function pruneCheckpoints(
  services: CheckpointServices,
  runId: string,
  keep: number,
): Promise<void> {
  try {
    await deleteOlder(services, runId, keep);
  } catch (error) {
    services.log.warn({ err: error, runId }, 'Old checkpoints stay for now');
  }
}

async function deleteOlder({ db, store }: CheckpointServices, runId: string, keep: number): Promise<void> {
  const old = await db.checkpoint.findMany({ where: { runId }, orderBy: { step: 'desc' }, skip: keep });
  for (const { id, key } of old)
    await db.$transaction(async (transaction) => {
      await lock(transaction, [keyLock(key)]);
      await transaction.checkpoint.deleteMany({ where: { id } });
      if (!(await isReferenced(transaction, key))) await store.delete(key);
    });
}

async function isReferenced(db: Queryable, key: string): Promise<boolean> {
  const [checkpoint, artifact, model] = await Promise.all([
    db.checkpoint.findFirst({ where: { key }, select: { id: true } }),
    db.artifact.findFirst({ where: { key }, select: { id: true } }),
    db.model.findFirst({ where: { checkpointKey: key }, select: { id: true } }),
  ]);
  return Boolean(checkpoint ?? artifact ?? model);
}

/**
 * Names for the locks on objects. Two runs of the same input write the same objects: whoever stores an object and a row
 * that refers to it shares the lock on its key, and whoever deletes it must have the lock alone. So no row is left
 * without its object.
 */
export const keyLock = (key: string): string => `object ${key}`;
