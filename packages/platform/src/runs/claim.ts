/**
 * Ownership of a run. A claim is a compare-and-set from queued to running, held by a lease that the worker renews.
 * Every claim has a number, and whatever a worker writes names it: a worker that was thought dead, lost its run and
 * comes back finds each of its writes refused.
 */
import type { Prisma, Run } from '../../../../prisma/generated/client.ts';
import type { Database, Queryable } from '../database.ts';
import { PlatformError } from '../errors.ts';
import { databaseTime } from './clock.ts';
import { isReady } from './shards.ts';
import { transition } from './transitions.ts';

export interface Claim {
  readonly runId: string;
  readonly workerId: string;
  /** Which claim of this run, counted from 1. */
  readonly number: number;
}

export interface ClaimedRun {
  readonly run: Run;
  readonly claim: Claim;
}

export interface ClaimRequest {
  readonly runId: string;
  readonly workerId: string;
  readonly leaseSeconds: number;
  /** Tensor backend that the worker computes with. */
  readonly backend: string;
}

/**
 * Null when the run is not queued: taken by another worker, finished, cancelled, or delivered twice. Also when it waits
 * for shards of its own.
 */
export async function claimRun(
  db: Database,
  { runId, workerId, leaseSeconds, backend }: ClaimRequest,
): Promise<ClaimedRun | null> {
  return db.$transaction(async (transaction) => {
    const now = await databaseTime(transaction);
    const before = await transaction.run.findUnique({ where: { id: runId }, select: { startedAt: true } });
    const run = await transition(
      transaction,
      'claim',
      { id: runId, ...isReady },
      {
        workerId,
        backend,
        claims: { increment: 1 },
        claimedAt: now,
        startedAt: before?.startedAt ?? now,
        leaseExpiresAt: leaseEnd(now, leaseSeconds),
      },
    );
    return run && { run, claim: { runId, workerId, number: run.claims } };
  });
}

/** Which rows a claim may still write: its own run, while it runs under this very claim. */
export const heldBy = (claim: Claim) =>
  ({
    id: claim.runId,
    status: 'running',
    workerId: claim.workerId,
    claims: claim.number,
  }) satisfies Prisma.RunWhereInput;

/** Also tells of a cancel request, in case its notice was missed. Throws CLAIM_LOST. */
export async function renewLease(
  db: Queryable,
  claim: Claim,
  leaseSeconds: number,
): Promise<{ cancelRequested: boolean }> {
  const now = await databaseTime(db);
  const [run] = await db.run.updateManyAndReturn({
    where: heldBy(claim),
    data: { leaseExpiresAt: leaseEnd(now, leaseSeconds) },
    select: { cancelRequestedAt: true },
  });
  if (!run) throw claimLost(claim);
  return { cancelRequested: run.cancelRequestedAt !== null };
}

export const claimLost = ({ runId, workerId, number }: Claim) =>
  new PlatformError(
    'CLAIM_LOST',
    `Worker ${workerId} no longer holds run ${runId}: its claim ${number} has ended`,
    {
      runId,
      workerId,
      claim: number,
    },
  );

const leaseEnd = (now: Date, seconds: number) => new Date(now.getTime() + seconds * 1000);
