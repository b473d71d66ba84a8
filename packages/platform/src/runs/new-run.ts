/** Writing the row of a run, and finding one that already computes the same. */
import type { Prisma, Run } from '../../../../prisma/generated/client.ts';
import type { Transaction } from '../database.ts';
import { appendEvents } from './event-log.ts';

export type NewRun = Prisma.RunUncheckedCreateInput & { hash: string };

/** A succeeded run before one that still waits or runs, and that nobody has asked to stop. */
export async function findSame(
  transaction: Transaction,
  { teamId, hash }: Pick<NewRun, 'teamId' | 'hash'>,
  among: Prisma.RunWhereInput = {},
): Promise<Run | null> {
  const alive: Prisma.RunWhereInput = {
    OR: [{ status: 'succeeded' }, { status: { in: ['running', 'queued'] }, cancelRequestedAt: null }],
  };
  const same = await transaction.run.findMany({
    where: { AND: [{ teamId, hash }, alive, among] },
    orderBy: { id: 'desc' },
  });
  return same.find((run) => run.status === 'succeeded') ?? same[0] ?? null;
}

export async function insertRun(transaction: Transaction, row: NewRun): Promise<Run> {
  const { id } = await transaction.run.create({ data: row, select: { id: true } });
  await appendEvents(transaction, id, [{ type: 'status', data: { status: 'queued', attempt: 1 } }]);
  return transaction.run.findUniqueOrThrow({ where: { id } });
}
