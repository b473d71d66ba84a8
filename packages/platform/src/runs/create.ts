import type { Prisma, Run } from '../../../../prisma/generated/client.ts';
import type { Database, Transaction } from '../database.ts';
import { PlatformError } from '../errors.ts';
import { lock } from '../lock.ts';
import { offerRun, type RunQueue } from '../queue.ts';
import type { Owner } from '../registry/owner.ts';
import { appendEvents } from './event-log.ts';
import { digestOf, hashRun } from './run-hash.ts';
import { searchText } from './search-text.ts';
import { validateRequest, type ValidRequest } from './validate.ts';

export interface RunRequest {
  readonly kind: string;
  /** As the client wrote it; validated here. */
  readonly input: unknown;
  readonly seed?: number;
  readonly title?: string | null;
  /** −100 to 100; higher runs first. */
  readonly priority?: number;
  /** Compute again even where the result is known. */
  readonly force?: boolean;
  /** The run that this one is a copy of. */
  readonly parentRunId?: string | null;
}

export interface RequestContext extends Owner {
  readonly codeVersion: string;
  readonly idempotencyKey?: string;
}

/**
 * created: a new row. deduplicated: the same computation has succeeded, waits or runs already in this team, and that
 * run is the answer. idempotent: this very request was made before under the same key.
 */
export type CreateOutcome = 'created' | 'deduplicated' | 'idempotent';

export interface CreatedRun {
  readonly run: Run;
  readonly outcome: CreateOutcome;
}

/**
 * Throws KIND_UNKNOWN, INPUT_INVALID, MODEL_NOT_FOUND, or IDEMPOTENCY_KEY_REUSED where the key came with another
 * request before. The row is stored even when the queue cannot be reached.
 */
export async function createRun(
  { db, queue }: { db: Database; queue: RunQueue },
  request: RunRequest,
  context: RequestContext,
): Promise<CreatedRun> {
  const valid = await validateRequest(db, request);
  const row = rowOf(request, valid, context);
  const created = await db.$transaction(async (transaction) => {
    await lockRequests(transaction, context, row.hash);
    const earlier = await findByIdempotencyKey(transaction, request, context);
    if (earlier) return { run: earlier, outcome: 'idempotent' as const };
    const same = request.force ? null : await findSame(transaction, row);
    const answer = same
      ? { run: same, outcome: 'deduplicated' as const }
      : { run: await insertRun(transaction, row), outcome: 'created' as const };
    await rememberIdempotencyKey(transaction, request, context, answer.run.id);
    return answer;
  });
  if (created.outcome === 'created') await offerRun(queue, created.run);
  return created;
}

type NewRun = Prisma.RunUncheckedCreateInput & { hash: string };

function rowOf(request: RunRequest, valid: ValidRequest, context: RequestContext): NewRun {
  const { kind, input, model, dataset } = valid;
  const seed = request.seed ?? 0;
  const identity = {
    kind: kind.name,
    kindVersion: kind.version,
    input,
    modelDigest: model?.digest ?? null,
    datasetDigest: dataset?.digest ?? null,
    seed,
    codeVersion: context.codeVersion,
  };
  return {
    ...identity,
    hash: hashRun(identity),
    title: request.title ?? null,
    priority: request.priority ?? 0,
    total: kind.steps(input),
    modelId: model?.id ?? null,
    modelName: model?.name ?? null,
    searchText: searchText(request.title, kind.name, model?.name, input),
    parentRunId: request.parentRunId ?? null,
    teamId: context.teamId,
    createdById: context.createdById,
    input: input as Prisma.InputJsonValue,
  };
}

/** Equal requests at the same moment wait for each other here, so that the second finds what the first made. */
async function lockRequests(
  transaction: Transaction,
  { teamId, idempotencyKey }: RequestContext,
  hash: string,
): Promise<void> {
  const locks = [`run ${teamId} ${hash}`];
  if (idempotencyKey !== undefined) locks.push(`idempotency ${teamId} ${idempotencyKey}`);
  await lock(transaction, locks);
}

async function findByIdempotencyKey(
  transaction: Transaction,
  request: RunRequest,
  { teamId, idempotencyKey }: RequestContext,
): Promise<Run | null> {
  if (idempotencyKey === undefined) return null;
  const known = await transaction.idempotencyKey.findUnique({
    where: { teamId_key: { teamId, key: idempotencyKey } },
    include: { run: true },
  });
  if (known && known.digest !== digestOf(request))
    throw new PlatformError(
      'IDEMPOTENCY_KEY_REUSED',
      `The idempotency key ${JSON.stringify(idempotencyKey)} was used for another request, which made run ${known.runId}: use a new key for a new request`,
      { runId: known.runId },
    );
  return known?.run ?? null;
}

async function rememberIdempotencyKey(
  transaction: Transaction,
  request: RunRequest,
  { teamId, idempotencyKey }: RequestContext,
  runId: string,
): Promise<void> {
  if (idempotencyKey === undefined) return;
  await transaction.idempotencyKey.create({
    data: { teamId, key: idempotencyKey, digest: digestOf(request), runId },
  });
}

/** A succeeded run before one that still waits or runs, and that nobody has asked to stop. */
async function findSame(transaction: Transaction, { teamId, hash }: NewRun): Promise<Run | null> {
  const same = await transaction.run.findMany({
    where: {
      teamId,
      hash,
      OR: [{ status: 'succeeded' }, { status: { in: ['running', 'queued'] }, cancelRequestedAt: null }],
    },
    orderBy: { id: 'desc' },
  });
  return same.find((run) => run.status === 'succeeded') ?? same[0] ?? null;
}

async function insertRun(transaction: Transaction, row: NewRun): Promise<Run> {
  const { id } = await transaction.run.create({ data: row, select: { id: true } });
  await appendEvents(transaction, id, [{ type: 'status', data: { status: 'queued', attempt: 1 } }]);
  return transaction.run.findUniqueOrThrow({ where: { id } });
}
