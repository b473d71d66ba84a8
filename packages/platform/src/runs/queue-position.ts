import type { Run } from '../../../../prisma/generated/client.ts';
import type { Queryable } from '../database.ts';
import { isReady } from './shards.ts';

/** How many runs go before this one: 0 for the next; null for a run that does not wait. */
export async function queuePosition(
  db: Queryable,
  { id, status, priority, queuedAt }: Pick<Run, 'id' | 'status' | 'priority' | 'queuedAt'>,
): Promise<number | null> {
  if (status !== 'queued') return null;
  return db.run.count({
    where: {
      status: 'queued',
      ...isReady,
      OR: [
        { priority: { gt: priority } },
        { priority, queuedAt: { lt: queuedAt } },
        { priority, queuedAt, id: { lt: id } },
      ],
    },
  });
}
