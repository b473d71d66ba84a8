import { Prisma } from '../../../prisma/generated/client.ts';
import type { Database, Transaction } from './database.ts';

/**
 * Waits until no other transaction anywhere holds one of these names, or holds it exclusively if `shared`, and keeps
 * them until its own transaction ends. Names are taken in one order everywhere, so that nobody waits in a circle.
 */
export async function lock(
  transaction: Transaction,
  names: readonly string[],
  mode: 'exclusive' | 'shared' = 'exclusive',
): Promise<void> {
  const acquire = Prisma.raw(mode === 'shared' ? 'pg_advisory_xact_lock_shared' : 'pg_advisory_xact_lock');
  for (const name of names.toSorted())
    await transaction.$executeRaw(Prisma.sql`SELECT ${acquire}(hashtextextended(${name}, 0))`);
}

/** Alone with `name` for as long as `work` takes: what an upsert of Prisma's, being two queries, is not. */
export const alone = <T>(
  db: Database,
  name: string,
  work: (transaction: Transaction) => Promise<T>,
): Promise<T> =>
  db.$transaction(async (transaction) => {
    await lock(transaction, [name]);
    return work(transaction);
  });

/** The lock on one name, if nobody has it; false at once where somebody does. */
export async function tryLock(transaction: Transaction, name: string): Promise<boolean> {
  const [row] = await transaction.$queryRaw<{ locked: boolean }[]>`
    SELECT pg_try_advisory_xact_lock(hashtextextended(${name}, 0)) AS locked`;
  return row!.locked;
}
