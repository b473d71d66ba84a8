/** The ways in which a worker lets go of a run. Each throws CLAIM_LOST once the run is no longer its own. */
import type { Failure } from '@fovea/experiments/schema';
import { z } from 'zod';
import type { Prisma, Run } from '../../../../prisma/generated/client.ts';
import type { Database, Transaction } from '../database.ts';
import { offerRun, type RunQueue } from '../queue.ts';
import { pruneCheckpoints, type CheckpointServices } from './checkpoints.ts';
import { claimLost, heldBy, type Claim } from './claim.ts';
import { databaseTime } from './clock.ts';
import { transition, type TransitionName } from './transitions.ts';

interface QueueServices {
  readonly db: Database;
  readonly queue: RunQueue;
}

/** A result needs no checkpoint to resume from, so these go. */
export async function completeRun(
  services: CheckpointServices,
  claim: Claim,
  result: Prisma.InputJsonValue,
): Promise<Run> {
  const run = await services.db.$transaction((transaction) =>
    release(transaction, 'complete', claim, (now) => ({ result, finishedAt: now, ...computedBy(result) })),
  );
  await pruneCheckpoints(services, claim.runId, 0);
  return run;
}

const namesEngine = z.object({ engine: z.object({ backend: z.string() }) });

/** The claim named the worker's backend; a result of compiled steps knows better. */
function computedBy(result: Prisma.InputJsonValue): { backend?: string } {
  const { data } = namesEngine.safeParse(result);
  return data ? { backend: data.engine.backend } : {};
}

/** For good: what another attempt would not mend. Checkpoints stay for a retry. */
export const failRun = (db: Database, claim: Claim, failure: Failure): Promise<Run> =>
  db.$transaction((transaction) =>
    release(transaction, 'fail', claim, (now) => ({ error: failure, finishedAt: now })),
  );

/** Once the worker has stopped what it was asked to. */
export const markCancelled = (db: Database, claim: Claim): Promise<Run> =>
  db.$transaction((transaction) => release(transaction, 'cancel', claim, (now) => ({ finishedAt: now })));

/** Back to the queue unharmed, as a worker does that shuts down: no attempt is counted. */
export async function giveBackRun({ db, queue }: QueueServices, claim: Claim): Promise<Run> {
  const run = await db.$transaction(async (transaction) => {
    const { cancelRequestedAt } = await heldRun(transaction, claim);
    return cancelRequestedAt
      ? release(transaction, 'cancel', claim, (now) => ({ finishedAt: now }))
      : release(transaction, 'giveBack', claim, (now) => ({ queuedAt: now, workerId: null }));
  });
  if (run.status === 'queued') await offerRun(queue, run);
  return run;
}

/** The attempt died under the worker: the run is queued for another one, or fails when none is left. */
export async function recoverRun({ db, queue }: QueueServices, claim: Claim, failure: Failure): Promise<Run> {
  const run = await db.$transaction((transaction) => endAttempt(transaction, claim, failure));
  if (run.status === 'queued') await offerRun(queue, run);
  return run;
}

export async function endAttempt(transaction: Transaction, claim: Claim, failure: Failure): Promise<Run> {
  const { attempt, maxAttempts, cancelRequestedAt } = await heldRun(transaction, claim);
  if (cancelRequestedAt) return release(transaction, 'cancel', claim, (now) => ({ finishedAt: now }));
  return attempt < maxAttempts
    ? release(transaction, 'recover', claim, (now) => ({
        queuedAt: now,
        workerId: null,
        attempt: attempt + 1,
      }))
    : release(transaction, 'fail', claim, (now) => ({ error: failure, finishedAt: now }));
}

async function heldRun(transaction: Transaction, claim: Claim): Promise<Run> {
  const run = await transaction.run.findFirst({ where: heldBy(claim) });
  if (!run) throw claimLost(claim);
  return run;
}

async function release(
  transaction: Transaction,
  name: TransitionName,
  claim: Claim,
  change: (now: Date) => Prisma.RunUncheckedUpdateManyInput,
): Promise<Run> {
  const now = await databaseTime(transaction);
  const { claimedAt } = await heldRun(transaction, claim);
  const seconds = claimedAt ? Math.max(0, (now.getTime() - claimedAt.getTime()) / 1000) : 0;
  const run = await transition(transaction, name, heldBy(claim), {
    leaseExpiresAt: null,
    ...change(now),
    wallSeconds: { increment: seconds },
  });
  if (!run) throw claimLost(claim);
  return run;
}
