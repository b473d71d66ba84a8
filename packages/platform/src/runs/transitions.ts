/** The states of a run and every way between them, in one table. */
import type { Prisma, Run, RunStatus } from '../../../../prisma/generated/client.ts';
import type { Transaction } from '../database.ts';
import { PlatformError } from '../errors.ts';
import { appendEvents } from './event-log.ts';

interface Transition {
  readonly from: readonly RunStatus[];
  readonly to: RunStatus;
}

export const transitions = {
  /** A worker takes the run. */
  claim: { from: ['queued'], to: 'running' },
  complete: { from: ['running'], to: 'succeeded' },
  fail: { from: ['running'], to: 'failed' },
  /** A worker that shuts down returns the run unharmed. */
  giveBack: { from: ['running'], to: 'queued' },
  /** The attempt died, and others are left. */
  recover: { from: ['running'], to: 'queued' },
  cancel: { from: ['queued', 'running'], to: 'cancelled' },
  /** One of the runs whose results it waits for failed or was cancelled. */
  loseShard: { from: ['queued'], to: 'failed' },
  retry: { from: ['failed', 'cancelled'], to: 'queued' },
} as const satisfies Record<string, Transition>;

export type TransitionName = keyof typeof transitions;

/**
 * Moves the run if its status allows and `guard` holds, as one compare-and-set; logs and announces the new status.
 * Null, with nothing changed, when the run was not there, not in that state, or not guarded so.
 */
export async function transition(
  transaction: Transaction,
  name: TransitionName,
  guard: Prisma.RunWhereInput & { id: string },
  data: Prisma.RunUncheckedUpdateManyInput,
): Promise<Run | null> {
  const { from, to } = transitions[name];
  const [moved] = await transaction.run.updateManyAndReturn({
    where: { AND: [guard, { status: { in: [...from] } }] },
    data: { ...data, status: to },
  });
  if (!moved) return null;
  const { attempt, workerId, error } = moved;
  await appendEvents(transaction, moved.id, [
    { type: 'status', data: { status: to, attempt, workerId, error } },
  ]);
  return moved;
}

export function illegalTransition(name: TransitionName, run: Pick<Run, 'id' | 'status'>): PlatformError {
  const { from } = transitions[name];
  return new PlatformError(
    'TRANSITION_ILLEGAL',
    `Run ${run.id} is ${run.status}; only a ${from.join(' or ')} run can be ${participles[name]}`,
    { runId: run.id, status: run.status, allowed: from },
  );
}

const participles: Record<TransitionName, string> = {
  claim: 'claimed',
  complete: 'completed',
  fail: 'failed',
  giveBack: 'given back',
  recover: 'recovered',
  cancel: 'cancelled',
  loseShard: 'failed for a shard',
  retry: 'retried',
};
