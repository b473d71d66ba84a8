import { Prisma } from '../../../../prisma/generated/client.ts';
import type { Queryable } from '../database.ts';

/** The database's clock, the only one that workers on several machines share: leases are set and judged by it. */
export async function databaseTime(db: Queryable): Promise<Date> {
  const [row] = await db.$queryRaw<{ now: Date }[]>(Prisma.sql`SELECT clock_timestamp() AS now`);
  return row!.now;
}
