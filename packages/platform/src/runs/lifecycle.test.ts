import { setTimeout as sleep } from 'node:timers/promises';
import type { RunEvent } from '@fovea/experiments';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Worker } from '../../../../prisma/generated/client.ts';
import type { Platform } from '../platform.ts';
import { ensureLocalOwner, type Owner } from '../registry/owner.ts';
import { registerModel } from '../registry/models.ts';
import { openTestPlatform, testManifest, testWeights } from '../testing/index.ts';
import { registerWorker } from '../workers.ts';
import { requestCancel } from './cancel.ts';
import { latestCheckpoint } from './checkpoints.ts';
import { claimRun, renewLease, type ClaimedRun } from './claim.ts';
import { createRun } from './create.ts';
import { listEvents } from './event-log.ts';
import { requireRun } from './find.ts';
import { completeRun, failRun, giveBackRun, markCancelled, recoverRun } from './finish.ts';
import { recordEvents } from './record-events.ts';
import { retryRun } from './retry.ts';
import { sweepExpiredRuns } from './sweep.ts';

let platform: Platform;
let owner: Owner;
let worker: Worker;

beforeAll(async () => {
  platform = await openTestPlatform();
  owner = await ensureLocalOwner(platform.db);
  await platform.store.put(testWeights);
  await registerModel(platform, testManifest());
  worker = await registerWorker(platform.db, {
    name: 'one',
    hostname: 'here',
    pid: 1,
    backend: 'cpu',
    device: { name: 'cpu', memoryBytes: null },
    codeVersion: 'test',
    concurrency: 1,
  });
});
afterAll(() => platform.close());

let seed = 0;
const newRun = async () => {
  const request = {
    kind: 'feature-visualization',
    input: { model: 'tiny', objective: 'mixed1:3', steps: 64 },
    seed: seed++,
  };
  return (await createRun(platform, request, { ...owner, codeVersion: 'test' })).run;
};
const claim = async (runId: string, leaseSeconds = 30): Promise<ClaimedRun> => {
  const claimed = await claimRun(platform.db, { runId, workerId: worker.id, leaseSeconds, backend: 'cpu' });
  if (!claimed) throw new Error('expected a claim');
  return claimed;
};
const checkpoint = (step: number): RunEvent => ({
  type: 'checkpoint',
  step,
  bytes: Buffer.from(`state ${step} of seed ${seed}`),
});
const platformFailure = { fault: 'platform', code: 'CHILD_DIED', message: 'The process ended' } as const;
const inputFailure = {
  fault: 'input',
  code: 'NAN_LOSS',
  message: 'The loss at step 3 is no number',
} as const;

test('a run goes from the request to its result, and its log says how', async () => {
  const run = await newRun();
  expect(run).toMatchObject({ status: 'queued', total: 64, modelName: 'tiny', sequence: 1 });
  const { claim: held } = await claim(run.id);
  await recordEvents(platform, held, [
    { type: 'progress', step: 32, total: 64, loss: -1.5 },
    { type: 'log', level: 'info', message: 'half' },
    { type: 'preview', step: 32, mediaType: 'image/png', bytes: Buffer.from('png') },
    {
      type: 'artifact',
      name: 'image.png',
      mediaType: 'image/png',
      bytes: Buffer.from('picture'),
      parameters: { seed: 1 },
    },
  ]);
  const result = { objective: 3, engine: { backend: 'onnxruntime' } };
  const done = await completeRun(platform, held, result);
  expect(done).toMatchObject({ status: 'succeeded', step: 32, loss: -1.5, backend: 'onnxruntime', result });
  expect(done.finishedAt!.getTime()).toBeGreaterThanOrEqual(done.startedAt!.getTime());
  const events = await listEvents(platform.db, run.id);
  expect(events.map((event) => event.sequence)).toEqual([1, 2, 3, 4, 5, 6, 7]);
  expect(events.map((event) => event.type)).toEqual([
    'status',
    'status',
    'progress',
    'log',
    'preview',
    'artifact',
    'status',
  ]);
  const [artifact] = await platform.db.artifact.findMany({ where: { runId: run.id } });
  expect(artifact).toMatchObject({ name: 'image.png', bytes: 7, parameters: { seed: 1 } });
  expect(await platform.store.head(artifact!.key)).toEqual({ key: artifact!.key, bytes: 7 });
});

test('a run that is delivered twice is claimed once', async () => {
  const run = await newRun();
  const request = { runId: run.id, workerId: worker.id, leaseSeconds: 30, backend: 'cpu' };
  const claims = await Promise.all(Array.from({ length: 8 }, () => claimRun(platform.db, request)));
  expect(claims.filter(Boolean)).toHaveLength(1);
});

test('a worker that lost its run can no longer write to it', async () => {
  const run = await newRun();
  const { claim: lost } = await claim(run.id, -1);
  expect((await sweepExpiredRuns(platform)).map(({ id }) => id)).toEqual([run.id]);
  const { claim: held } = await claim(run.id);
  const lateWrites = [
    () => recordEvents(platform, lost, [{ type: 'progress', step: 1, total: 64, loss: 0 }]),
    () => recordEvents(platform, lost, [checkpoint(1)]),
    () => renewLease(platform.db, lost, 30),
    () => completeRun(platform, lost, {}),
    () => failRun(platform.db, lost, inputFailure),
    () => giveBackRun(platform, lost),
    () => recoverRun(platform, lost, platformFailure),
    () => markCancelled(platform.db, lost),
  ];
  for (const write of lateWrites) await expect(write()).rejects.toMatchObject({ code: 'CLAIM_LOST' });
  expect(await requireRun(platform.db, run.id)).toMatchObject({ status: 'running', step: 0, attempt: 2 });
  await completeRun(platform, held, {});
});

test('a run whose lease is renewed is not swept', async () => {
  const run = await newRun();
  const { claim: held } = await claim(run.id, -1);
  await renewLease(platform.db, held, 30);
  expect(await sweepExpiredRuns(platform)).toEqual([]);
  await completeRun(platform, held, {});
});

test('a run that kills every worker fails as the fault of the platform', async () => {
  const run = await newRun();
  for (let attempt = 1; attempt <= run.maxAttempts; attempt++) {
    await claim(run.id, -1);
    await sweepExpiredRuns(platform);
  }
  const failed = await requireRun(platform.db, run.id);
  expect(failed).toMatchObject({
    status: 'failed',
    attempt: 3,
    error: { fault: 'platform', code: 'WORKER_LOST' },
  });
});

test('a run given back at shutdown keeps its checkpoint and counts no attempt', async () => {
  const run = await newRun();
  const { claim: held } = await claim(run.id);
  await recordEvents(platform, held, [checkpoint(16)]);
  expect(await giveBackRun(platform, held)).toMatchObject({ status: 'queued', attempt: 1, workerId: null });
  expect(await latestCheckpoint(platform.db, run.id)).toMatchObject({ step: 16 });
});

test('a retry resumes from the checkpoint with all its attempts', async () => {
  const run = await newRun();
  const { claim: held } = await claim(run.id);
  await recordEvents(platform, held, [checkpoint(16)]);
  await failRun(platform.db, held, inputFailure);
  expect(await retryRun(platform, run.id)).toMatchObject({ status: 'queued', attempt: 1, error: null });
  expect(await latestCheckpoint(platform.db, run.id)).toMatchObject({ step: 16 });
  await expect(retryRun(platform, run.id)).rejects.toMatchObject({ code: 'TRANSITION_ILLEGAL' });
});

test('the newest two checkpoints are kept while a run goes on, and none after it succeeds', async () => {
  const run = await newRun();
  const { claim: held } = await claim(run.id);
  for (const step of [1, 2, 3, 4]) await recordEvents(platform, held, [checkpoint(step)]);
  const kept = await platform.db.checkpoint.findMany({ where: { runId: run.id }, orderBy: { step: 'asc' } });
  expect(kept.map(({ step }) => step)).toEqual([3, 4]);
  await completeRun(platform, held, {});
  expect(await latestCheckpoint(platform.db, run.id)).toBeNull();
  for (const { key } of kept) expect(await platform.store.head(key)).toBeNull();
});

test('a checkpoint that cannot be deleted spoils neither the events nor the result', async () => {
  const run = await newRun();
  const { claim: held } = await claim(run.id);
  const store = { ...platform.store, delete: () => Promise.reject(new Error('the bucket is away')) };
  for (const step of [1, 2, 3]) await recordEvents({ ...platform, store }, held, [checkpoint(step)]);
  expect(await platform.db.checkpoint.count({ where: { runId: run.id } })).toBe(3);
  expect(await completeRun({ ...platform, store }, held, {})).toMatchObject({ status: 'succeeded' });
  const recorded = (await listEvents(platform.db, run.id)).filter(({ type }) => type === 'checkpoint');
  expect(recorded).toHaveLength(3);
});

test('a checkpoint that another run refers to as well keeps its object', async () => {
  const [first, second] = [await newRun(), await newRun()];
  const same = checkpoint(5);
  const [a, b] = [await claim(first.id), await claim(second.id)];
  await recordEvents(platform, a.claim, [same]);
  await recordEvents(platform, b.claim, [same]);
  await completeRun(platform, a.claim, {});
  const left = await latestCheckpoint(platform.db, second.id);
  expect(await platform.store.head(left!.key)).not.toBeNull();
  await completeRun(platform, b.claim, {});
});

test('a queued run is cancelled at once, a running one by its worker', async () => {
  const [waiting, running] = [await newRun(), await newRun()];
  const notices: string[] = [];
  platform.notifications.subscribe('cancel', { onNotice: ({ runId }) => notices.push(runId) });
  expect(await requestCancel(platform, waiting.id)).toMatchObject({ status: 'cancelled' });
  const { claim: held } = await claim(running.id);
  expect(await requestCancel(platform, running.id)).toMatchObject({ status: 'running' });
  await expect.poll(() => notices, { timeout: 10_000 }).toEqual([running.id]);
  expect(await renewLease(platform.db, held, 30)).toEqual({ cancelRequested: true });
  expect(await markCancelled(platform.db, held)).toMatchObject({ status: 'cancelled' });
  await expect(requestCancel(platform, running.id)).rejects.toMatchObject({ code: 'TRANSITION_ILLEGAL' });
});

test('a run that is given back at the moment of its cancel is cancelled', async () => {
  const run = await newRun();
  await claim(run.id);
  let cancelling: ReturnType<typeof requestCancel> | undefined;
  await platform.db.$transaction(async (transaction) => {
    await transaction.run.update({ where: { id: run.id }, data: { status: 'queued', workerId: null } });
    cancelling = requestCancel(platform, run.id);
    await sleep(300);
  });
  expect(await cancelling).toMatchObject({ status: 'cancelled' });
});

test('a run is cancelled although its worker died before it could obey', async () => {
  const run = await newRun();
  await claim(run.id, -1);
  await requestCancel(platform, run.id);
  await sweepExpiredRuns(platform);
  expect(await requireRun(platform.db, run.id)).toMatchObject({ status: 'cancelled' });
});
