import type { Prisma, Run } from '../../../../prisma/generated/client.ts';
import type { Database, Transaction } from '../database.ts';
import { PlatformError } from '../errors.ts';
import { lock } from '../lock.ts';
import { offerFlow, offerRun, type RunQueue } from '../queue.ts';
import type { Owner } from '../registry/owner.ts';
import { findSame, insertRun, type NewRun } from './new-run.ts';
import { digestOf, hashRun } from './run-hash.ts';
import { searchText } from './search-text.ts';
import { addShards } from './shards.ts';
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
  /** The index that planned the run, and the layer for whose progress it counts. */
  readonly index?: { readonly id: string; readonly layer: string | null };
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
    if (earlier) return { run: earlier, outcome: 'idempotent' as const, shards: [] };
    const same = request.force ? null : await findSame(transaction, row);
    const run = same ?? (await insertRun(transaction, row));
    const shards = same ? [] : await addShards(transaction, run, request.force ?? false);
    await rememberIdempotencyKey(transaction, request, context, run.id);
    return { run, outcome: same ? ('deduplicated' as const) : ('created' as const), shards };
  });
  const { run, outcome, shards } = created;
  if (shards.length > 0) await offerFlow(queue, run, shards);
  else if (outcome === 'created') await offerRun(queue, run);
  return { run, outcome };
}

function rowOf(request: RunRequest, valid: ValidRequest, context: RequestContext): NewRun {
  const { kind, input, model, dataset, datasetInfo } = valid;
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
    total: kind.steps(input, datasetInfo),
    modelId: model?.id ?? null,
    modelName: model?.name ?? null,
    searchText: searchText(request.title, kind.name, model?.name, input),
    parentRunId: request.parentRunId ?? null,
    indexId: context.index?.id ?? null,
    layer: context.index?.layer ?? null,
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
