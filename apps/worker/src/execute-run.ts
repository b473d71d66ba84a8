/** One run from its claim to its end. */
import type { Failure, RunEvent } from '@fovea/experiments';
import type { Sharing } from '@fovea/experiments';
import { datasetManifestSchema } from '@fovea/data';
import { findKindSchema } from '@fovea/experiments';
import { manifestSchema } from '@fovea/models';
import {
  claimRun,
  completeRun,
  failRun,
  giveBackRun,
  isPlatformError,
  latestCheckpoint,
  markCancelled,
  recoverRun,
  renewLease,
  requireShard,
  settleFlows,
  type Claim,
  type ClaimedRun,
  type Platform,
  type Prisma,
  type Run,
} from '@fovea/platform';
import type { RunOrder } from './child/messages.ts';
import type { CoreShare } from './core-shares.ts';
import { createEventRecorder } from './event-recorder.ts';
import { retryWhileAway } from './retry-while-away.ts';
import { startRunProcess, type RunProcess } from './run-process.ts';
import { fetchDatasetFile, fetchWeights } from './object-cache.ts';

export interface ExecutionContext {
  readonly platform: Platform;
  readonly workerId: string;
  readonly backend: string;
  readonly share: Pick<CoreShare, 'threads' | 'calibrate'>;
  /** Told how runs like this one are best divided over the cores, where that was to be measured. */
  readonly onCalibration: (sharing: Sharing) => void;
  /** Another worker may take the run once the lease was not renewed for this long. */
  readonly leaseSeconds: number;
  /** Aborted when the worker shuts down: the run goes back to the queue. */
  readonly shutdown: AbortSignal;
}

/** Between asking a run to stop and ending its process, in milliseconds. */
const patience = 1_000;

type Outcome =
  | { type: 'result'; result: unknown }
  | { type: 'failure'; failure: Failure }
  | { type: 'cancelled' }
  /** A service was away for longer than the recorder waits: another attempt may find it back. */
  | { type: 'broken'; failure: Failure }
  /** The process ended without a word, or with the worker's consent. */
  | { type: 'ended'; how: string };

/** Returns when the run is no longer this worker's, whatever became of it; null if it never was. */
export async function executeRun(context: ExecutionContext, runId: string): Promise<Run | null> {
  const { platform, workerId, leaseSeconds, backend, shutdown } = context;
  if (shutdown.aborted) return null;
  const claimed = await claimRun(platform.db, { runId, workerId, leaseSeconds, backend });
  if (!claimed) return null;
  const { claim } = claimed;
  try {
    const run = await settle(context, claim, await supervise(context, claimed));
    if (run.flowRunId !== null) await settleFlows(platform, run.flowRunId);
    return run;
  } catch (error) {
    if (isPlatformError(error, 'CLAIM_LOST')) {
      platform.log.warn({ runId }, 'Another worker has this run now');
      return null;
    }
    throw error;
  }
}

/** Keeps the lease and the process alive, and stops the process when it must. */
async function supervise(context: ExecutionContext, { run, claim }: ClaimedRun): Promise<Outcome> {
  const { platform, leaseSeconds, shutdown } = context;
  const child = startRunProcess();
  const lost = Promise.withResolvers<never>();
  lost.promise.catch(() => child.kill());
  const cancel = () => child.stop(patience);

  const renew = () =>
    renewLease(platform.db, claim, leaseSeconds).then(
      ({ cancelRequested }) => (cancelRequested ? cancel() : undefined),
      (error: unknown) => {
        if (isPlatformError(error)) lost.reject(error);
        else platform.log.warn({ err: error, runId: run.id }, 'The lease could not be renewed');
      },
    );
  const renewal = setInterval(() => void renew(), (leaseSeconds * 1000) / 3);
  const unsubscribe = platform.notifications.subscribe('cancel', {
    onNotice: ({ runId }) => (runId === run.id ? cancel() : undefined),
    onReconnect: () => void renew(),
  });
  shutdown.addEventListener('abort', cancel);
  if (shutdown.aborted) cancel();
  try {
    // A cancel request from before the subscription has no notice any more.
    await renew();
    return await Promise.race([follow(context, child, run, claim), lost.promise]);
  } finally {
    clearInterval(renewal);
    unsubscribe();
    shutdown.removeEventListener('abort', cancel);
    child.kill();
  }
}

/** Records what the process says until it ends. */
async function follow(
  { platform, backend, share, onCalibration }: ExecutionContext,
  child: RunProcess,
  run: Run,
  claim: Claim,
): Promise<Outcome> {
  const recorder = createEventRecorder(platform, claim);
  const { threads, calibrate } = share;
  let broken: unknown = null;
  let outcome: Outcome | null = null;
  try {
    const order = await retryWhileAway(
      () => orderFor(platform, run, { backend, threads, calibrate }),
      platform.log,
    );
    child.send({ type: 'execute', order });
    if (run.codeVersion !== order.codeVersion)
      await recorder.push(otherCode(run.codeVersion, order.codeVersion));
    for await (const message of child.messages) {
      if (message.type === 'event')
        recorder.push(message.event).then(
          () => child.send({ type: 'stored', number: message.number }),
          (error: unknown) => {
            broken ??= error;
            child.kill();
          },
        );
      else if (message.type === 'calibration') onCalibration(message.sharing);
      else if (message.type === 'loadShard')
        readShard(platform, run, message).then(
          (bytes) => child.send({ type: 'shard', number: message.number, bytes }),
          (error: unknown) => {
            broken ??= error;
            child.kill();
          },
        );
      else if (message.type !== 'backend') outcome = message;
    }
    await recorder.flush();
  } catch (error) {
    broken ??= error;
  }
  if (isPlatformError(broken, 'CLAIM_LOST')) throw broken;
  if (broken)
    return { type: isPlatformError(broken) ? 'failure' : 'broken', failure: failureOfPlatform(broken) };
  return outcome ?? { type: 'ended', how: await child.ended };
}

/** The run's hash names the code that queued it; a reader must learn that other code computed the result. */
const otherCode = (queued: string, executing: string): RunEvent => ({
  type: 'log',
  level: 'warning',
  message: `Queued by code version ${queued}, executed by ${executing}: the result may differ from that of ${queued}`,
});

async function orderFor(
  platform: Platform,
  run: Run,
  placement: Pick<RunOrder, 'backend' | 'threads' | 'calibrate'>,
): Promise<RunOrder> {
  const { db, store, config, codeVersion } = platform;
  const model = run.modelId ? await db.model.findUniqueOrThrow({ where: { id: run.modelId } }) : null;
  const checkpoint = await latestCheckpoint(db, run.id);
  return {
    kind: run.kind,
    input: run.input,
    seed: run.seed,
    model: model && {
      manifest: manifestSchema.parse(model.manifest),
      weightsPath: await fetchWeights(store, config.home, model.checkpointKey),
    },
    dataset: await datasetFor(platform, run),
    objects: await objectsFor(store, run),
    codeVersion,
    ...placement,
    checkpoint: checkpoint && (await read(store, checkpoint.key)),
  };
}

/** The dataset that the run was created for, also where its name means another one by now. */
async function datasetFor({ db, store, config }: Platform, run: Run): Promise<RunOrder['dataset']> {
  const name = findKindSchema(run.kind)?.dataset(run.input) ?? null;
  if (name === null || run.datasetDigest === null) return null;
  const { manifest } = await db.dataset.findUniqueOrThrow({
    where: { name_digest: { name, digest: run.datasetDigest } },
  });
  const parsed = datasetManifestSchema.parse(manifest);
  const { content } = parsed;
  if (content.type === 'generated') return { manifest: parsed, files: null };
  const fetched = (key: string) => fetchDatasetFile(store, config.home, key);
  const packs: string[] = [];
  for (const { sha256 } of content.packs) packs.push(await fetched(sha256));
  return { manifest: parsed, files: { packs, index: await fetched(content.index.sha256) } };
}

async function objectsFor(store: Platform['store'], run: Run): Promise<Map<string, Uint8Array>> {
  const keys = findKindSchema(run.kind)?.objects?.(run.input) ?? [];
  return new Map(await Promise.all(keys.map(async (key) => [key, await read(store, key)] as const)));
}

/** An artifact of one of the runs whose results a run merges. */
async function readShard(
  { db, store, log }: Platform,
  flow: Run,
  { index, artifact: name }: { readonly index: number; readonly artifact: string },
): Promise<Uint8Array> {
  return retryWhileAway(async () => {
    const { id } = await requireShard(db, flow, index);
    const { key } = await db.artifact.findUniqueOrThrow({ where: { runId_name: { runId: id, name } } });
    return read(store, key);
  }, log);
}

async function read(store: Platform['store'], key: string): Promise<Uint8Array> {
  const { stream } = await store.get(key);
  return Buffer.concat(await stream.toArray());
}

/** What became of the run, from how its process ended and what was asked meanwhile. */
async function settle(
  { platform, shutdown }: ExecutionContext,
  claim: Claim,
  outcome: Outcome,
): Promise<Run> {
  const { db } = platform;
  if (outcome.type === 'result')
    return completeRun(platform, claim, (outcome.result ?? null) as Prisma.InputJsonValue);
  if (outcome.type === 'failure') return failRun(db, claim, outcome.failure);
  const { cancelRequestedAt } = await db.run.findUniqueOrThrow({ where: { id: claim.runId } });
  if (cancelRequestedAt) return markCancelled(db, claim);
  if (shutdown.aborted || outcome.type === 'cancelled') return giveBackRun(platform, claim);
  return recoverRun(platform, claim, outcome.type === 'broken' ? outcome.failure : processDied(outcome.how));
}

const processDied = (how: string): Failure => ({
  fault: 'platform',
  code: 'PROCESS_DIED',
  message:
    `The process of this run died (${how}), as did each of its earlier attempts. ` +
    'If memory ran out, try a smaller image or batch; otherwise retry the run.',
});

const failureOfPlatform = (error: unknown): Failure => ({
  fault: 'platform',
  code: isPlatformError(error) ? error.code : 'INTERNAL',
  message: error instanceof Error ? error.message : String(error),
});
