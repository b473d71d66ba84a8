import { Prisma, type RunEvent, type RunEventType } from '../../../../prisma/generated/client.ts';
import type { Queryable, Transaction } from '../database.ts';
import { notify } from '../notifications.ts';

export interface NewEvent {
  readonly type: RunEventType;
  readonly data: Prisma.InputJsonValue;
}

/**
 * Numbers the events onwards from the run's newest, stores and announces them. Raising the run's counter locks
 * its row until the transaction ends, which keeps the numbers without gaps or twins.
 */
export async function appendEvents(
  transaction: Transaction,
  runId: string,
  events: readonly NewEvent[],
): Promise<number> {
  const { sequence, status } = await transaction.run.update({
    where: { id: runId },
    data: { sequence: { increment: events.length } },
    select: { sequence: true, status: true },
  });
  const first = sequence - events.length + 1;
  await transaction.runEvent.createMany({
    data: events.map((event, index) => ({ ...event, runId, sequence: first + index })),
  });
  await notify(transaction, 'run', { runId, sequence, status });
  return sequence;
}

export interface EventPage {
  /** Sequence after which to read; 0 for all. */
  readonly after?: number;
  readonly limit?: number;
}

/** In order. */
export const listEvents = (
  db: Queryable,
  runId: string,
  { after = 0, limit = 1_000 }: EventPage = {},
): Promise<RunEvent[]> =>
  db.runEvent.findMany({
    where: { runId, sequence: { gt: after } },
    orderBy: { sequence: 'asc' },
    take: limit,
  });
