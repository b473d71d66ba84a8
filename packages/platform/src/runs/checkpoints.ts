import { Prisma } from '../../../../prisma/generated/client.ts';
import type { Database, Queryable, Transaction } from '../database.ts';
import type { ObjectStore } from '../objects/object-store.ts';

/** The last one may have been cut off mid-way by the crash it is needed after: keep the one before, too. */
export const keptCheckpoints = 2;

export const latestCheckpoint = (db: Queryable, runId: string) =>
  db.checkpoint.findFirst({ where: { runId }, orderBy: { step: 'desc' } });

/** Forgets all but the newest `keep`, and deletes what they alone referred to. */
export async function pruneCheckpoints(
  { db, store }: { db: Database; store: ObjectStore },
  runId: string,
  keep: number,
): Promise<void> {
  const old = await db.checkpoint.findMany({ where: { runId }, orderBy: { step: 'desc' }, skip: keep });
  for (const { id, key } of old)
    await db.$transaction(async (transaction) => {
      await lockKeys(transaction, 'exclusive', [key]);
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
 * Two runs of the same input write the same objects. Whoever stores an object and a row that refers to it shares the
 * lock on its key; whoever deletes it must have the lock alone. So no row is left without its object.
 */
export async function lockKeys(
  transaction: Transaction,
  mode: 'shared' | 'exclusive',
  keys: readonly string[],
): Promise<void> {
  const lock = Prisma.raw(mode === 'shared' ? 'pg_advisory_xact_lock_shared' : 'pg_advisory_xact_lock');
  for (const key of keys.toSorted())
    await transaction.$executeRaw(Prisma.sql`SELECT ${lock}(hashtextextended(${key}, 0))`);
}
