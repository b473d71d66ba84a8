/** What a run says, made durable: bytes into the object store, facts into rows, and all of it announced. */
import type { RunEvent as KindEvent } from '@fovea/experiments';
import type { Prisma } from '../../../../prisma/generated/client.ts';
import type { Transaction } from '../database.ts';
import { lock } from '../lock.ts';
import { keyOf } from '../objects/object-key.ts';
import type { ObjectStore } from '../objects/object-store.ts';
import { keptCheckpoints, keyLock, pruneCheckpoints, type CheckpointServices } from './checkpoints.ts';
import { claimLost, heldBy, type Claim } from './claim.ts';
import { appendEvents, type NewEvent } from './event-log.ts';
import { writeEvidence } from '../units/write-evidence.ts';

export interface RecordOptions {
  /** As the worker measured it over its last moments. */
  readonly stepsPerSecond?: number | null;
}

/** A large object may take its time on the way to a bucket. */
const transactionTimeout = 120_000;

/**
 * All of the events or none. Returns the sequence of the last. Throws CLAIM_LOST, and STORAGE_FULL when an object does
 * not fit.
 */
export async function recordEvents(
  { db, store, log }: CheckpointServices,
  claim: Claim,
  events: readonly KindEvent[],
  options: RecordOptions = {},
): Promise<number> {
  const sequence = await db.$transaction(
    async (transaction) => {
      await storeObjects(transaction, store, events);
      await writeProgress(transaction, claim, events, options);
      for (const event of events) await writeReference(transaction, claim.runId, event);
      return appendEvents(
        transaction,
        claim.runId,
        events.map((event) => logged(event, options)),
      );
    },
    { timeout: transactionTimeout },
  );
  if (events.some((event) => event.type === 'checkpoint'))
    await pruneCheckpoints({ db, store, log }, claim.runId, keptCheckpoints);
  return sequence;
}

/** Before the row of the run is locked, so that leases are renewed while a slow store takes its time. */
async function storeObjects(
  transaction: Transaction,
  store: ObjectStore,
  events: readonly KindEvent[],
): Promise<void> {
  const contents = events.flatMap((event) => ('bytes' in event ? [event.bytes] : []));
  const locks = contents.map((content) => keyLock(keyOf(content)));
  await lock(transaction, locks, 'shared');
  for (const content of contents) await store.put(content);
}

/** Also what proves that the claim still holds: the row stays locked until all is written. */
async function writeProgress(
  transaction: Transaction,
  claim: Claim,
  events: readonly KindEvent[],
  { stepsPerSecond }: RecordOptions,
): Promise<void> {
  const progress = events.findLast((event) => event.type === 'progress');
  const { count } = await transaction.run.updateMany({
    where: heldBy(claim),
    data: progress
      ? { step: progress.step, total: progress.total, loss: finite(progress.loss), stepsPerSecond }
      : { sequence: { increment: 0 } },
  });
  if (count === 0) throw claimLost(claim);
}

/** A resumed run tells again what it told after its last checkpoint: the same name or step is the same row. */
async function writeReference(transaction: Transaction, runId: string, event: KindEvent): Promise<void> {
  if (event.type === 'artifact') {
    const { name, mediaType, parameters } = event;
    const content = {
      ...reference(event.bytes),
      mediaType,
      parameters: parameters as Prisma.InputJsonObject,
    };
    await transaction.artifact.upsert({
      where: { runId_name: { runId, name } },
      create: { runId, name, ...content },
      update: content,
    });
  }
  if (event.type === 'units' || event.type === 'layer' || event.type === 'artifact')
    await writeEvidence(transaction, runId, event);
  if (event.type === 'checkpoint') {
    const { step } = event;
    const content = reference(event.bytes);
    await transaction.checkpoint.upsert({
      where: { runId_step: { runId, step } },
      create: { runId, step, ...content },
      update: content,
    });
  }
}

/** As the event stands in the log: objects by their key. */
function logged(event: KindEvent, { stepsPerSecond = null }: RecordOptions): NewEvent {
  if ('bytes' in event) {
    const { type, bytes, picture: _, ...rest } = { picture: undefined, ...event };
    return { type, data: { ...rest, ...reference(bytes) } as Prisma.InputJsonObject };
  }
  if (event.type === 'units') {
    const { type, layer, kind, subject, units } = event;
    return { type, data: { layer, kind, subject, units: units.length } };
  }
  if (event.type === 'layer') {
    const { type, layer, kind, subject } = event;
    return { type, data: { layer, kind, subject } };
  }
  const { type, ...data } = event;
  if (event.type === 'progress') return { type, data: { ...data, loss: finite(event.loss), stepsPerSecond } };
  return { type, data };
}

const reference = (bytes: Uint8Array) => ({ key: keyOf(bytes), bytes: bytes.byteLength });

/** JSON and the page know no NaN; the run itself says so when a loss stops being a number. */
const finite = (loss: number | null) => (loss !== null && Number.isFinite(loss) ? loss : null);
