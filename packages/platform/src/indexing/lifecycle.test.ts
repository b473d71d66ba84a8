import {
  takesOf,
  nameOfPicture,
  type UnitPicturesInput,
  indexSettingsSchema,
} from '@fovea/experiments/schema';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Run } from '../../../../prisma/generated/client.ts';
import { registerModel } from '../registry/models.ts';
import { ensureLocalOwner, type Owner } from '../registry/owner.ts';
import type { Platform } from '../platform.ts';
import { claimRun } from '../runs/claim.ts';
import { completeRun, failRun } from '../runs/finish.ts';
import { recordEvents } from '../runs/record-events.ts';
import { openTestPlatform, testManifest, testWeights } from '../testing/index.ts';
import { findLayer } from '../units/find-layer.ts';
import { registerWorker } from '../workers.ts';
import { advanceIndex } from './advance.ts';
import { cancelIndex, pauseIndex, resumeIndex } from './control.ts';
import { createIndex, previewIndex } from './create-index.ts';
import { raiseInterest } from './interest.ts';
import { openIndex, requireIndex } from './open-index.ts';
import { indexProgress } from './progress.ts';

let platform: Platform;
let owner: Owner;
let workerId: string;

beforeEach(async () => {
  platform = await openTestPlatform();
  owner = await ensureLocalOwner(platform.db);
  await platform.store.put(testWeights);
  const { hookPoints } = testManifest();
  const wide = hookPoints.map((point) => ({ ...point, channels: 20, shape: [16, 16, 20] }));
  await registerModel(platform, testManifest({ hookPoints: wide }));
  const worker = await registerWorker(platform.db, {
    name: 'test',
    hostname: 'test',
    pid: 1,
    backend: 'cpu',
    device: { name: 'cpu', memoryBytes: null },
    codeVersion: 'test',
    concurrency: 2,
  });
  workerId = worker.id;
});
afterEach(() => platform.close());

const settings = (given: object = {}) =>
  indexSettingsSchema.parse({ parts: ['pictures'], steps: 2, restarts: 1, ...given });

const create = (given: object = {}, codeVersion = 'test') =>
  createIndex(platform, { model: 'tiny', settings: settings(given) }, { ...owner, codeVersion });

const runsOf = (indexId: string, where: object = {}) =>
  platform.db.run.findMany({ where: { indexId, ...where }, orderBy: { id: 'asc' } });

const channelsOf = ({ input }: Run) => (input as UnitPicturesInput).channels;

async function claim({ id: runId }: Run) {
  const claimed = await claimRun(platform.db, { runId, workerId, leaseSeconds: 60, backend: 'cpu' });
  return claimed!.claim;
}

/** As a worker would, with bytes that stand for pictures, or with none. */
async function execute(run: Run, { pictures = true } = {}) {
  const held = await claim(run);
  const input = run.input as UnitPicturesInput;
  const takes = pictures ? takesOf(input) : [];
  const events = takes.flatMap((take) => {
    const name = `${nameOfPicture(take, 0)}.webp`;
    const picture = { ...take, layer: input.layer, variant: '', score: 1, thumbnail: null };
    const file = { mediaType: 'image/webp', bytes: Buffer.from(name), parameters: {} };
    return [{ type: 'artifact' as const, name, ...file, picture }];
  });
  await recordEvents(platform, held, [
    ...events,
    { type: 'progress', step: run.total, total: run.total, loss: null },
  ]);
  await completeRun(platform, held, {});
}

async function executeAll(indexId: string, options?: Parameters<typeof execute>[1]) {
  for (;;) {
    const waiting = await runsOf(indexId, { status: 'queued' });
    if (waiting.length === 0) return;
    for (const run of waiting) await execute(run, options);
    await advanceIndex(platform, indexId);
  }
}

const progressOf = async (id: string) =>
  indexProgress(platform.db, await openIndex(platform.db, await requireIndex(platform.db, id)));

test('its runs are queued a few at a time, low in the queue, until every unit has its pictures once', async () => {
  const { id } = await create({ restarts: 16 });
  const waiting = await runsOf(id, { status: 'queued' });
  expect(waiting.length).toBe(32);
  expect(waiting.every(({ priority }) => priority < 0)).toBe(true);

  await executeAll(id, { pictures: false });
  const { status } = await requireIndex(platform.db, id);
  expect(status).toBe('finished');
  const units = (await runsOf(id)).flatMap((run) =>
    channelsOf(run).map((channel) => `${run.layer}:${channel}`),
  );
  expect(units).toHaveLength(40);
  expect(new Set(units).size).toBe(40);
  expect(await progressOf(id)).toMatchObject({
    share: 1,
    pictures: { done: 40 * 64, total: 40 * 64 },
    secondsLeft: null,
  });
});

test('indexing again skips what is there, and makes what is missing or failed', async () => {
  const first = await create();
  const [failing, ...others] = await runsOf(first.id);
  await failRun(platform.db, await claim(failing!), {
    fault: 'platform',
    code: 'INTERNAL',
    message: 'broken',
  });
  for (const run of others) await execute(run);
  await advanceIndex(platform, first.id);
  expect(await requireIndex(platform.db, first.id)).toMatchObject({ status: 'finished' });
  expect((await progressOf(first.id)).runs).toMatchObject({ failed: 1, succeeded: others.length });

  const second = await create();
  const again = await runsOf(second.id);
  expect(again.flatMap(channelsOf)).toEqual(channelsOf(failing!));
  const { share, pictures } = await progressOf(second.id);
  expect(share).toBe(0);
  expect(pictures).toEqual({ done: 4 * (40 - channelsOf(failing!).length), total: 160 });

  const third = await create({ restarts: 2 });
  const more = await previewIndex(
    platform.db,
    { model: 'tiny', settings: settings({ steps: 3 }) },
    { ...owner, codeVersion: 'test' },
  );
  expect(more.estimate.pictures).toBe(160);
  expect((await runsOf(third.id)).flatMap(channelsOf)).toHaveLength(40);
  const otherCode = await previewIndex(
    platform.db,
    { model: 'tiny', settings: settings() },
    { ...owner, codeVersion: 'other' },
  );
  expect(otherCode.estimate.pictures).toBe(160);
});

test('fewer pictures of the same look are there already', async () => {
  const { id } = await create({ restarts: 2 });
  await executeAll(id);
  const fewer = await create({ restarts: 1, objectives: ['channel'] });
  expect(await runsOf(fewer.id)).toEqual([]);
  expect(await requireIndex(platform.db, fewer.id)).toMatchObject({ status: 'finished' });
});

test('a paused index has no run in the queue, and goes on where it was', async () => {
  const { id } = await create();
  const before = await runsOf(id);
  await pauseIndex(platform, id);
  await advanceIndex(platform, id);
  expect(await runsOf(id, { status: { not: 'cancelled' } })).toEqual([]);
  await expect(pauseIndex(platform, id)).rejects.toThrow('only a running index');

  await resumeIndex(platform, id);
  const after = await runsOf(id, { status: 'queued' });
  expect(after.map((run) => run.id)).toEqual(before.map((run) => run.id));
  await executeAll(id);
  expect((await progressOf(id)).share).toBe(1);
});

test('a run that has not stopped yet when its index is resumed goes on', async () => {
  const { id } = await create();
  const [first] = await runsOf(id);
  await claim(first!);
  await pauseIndex(platform, id);
  expect((await runsOf(id, { status: 'running' }))[0]!.cancelRequestedAt).not.toBeNull();
  await resumeIndex(platform, id);
  expect(await runsOf(id, { status: 'running' })).toMatchObject([{ id: first!.id, cancelRequestedAt: null }]);
});

test('a cancelled index stays so', async () => {
  const { id } = await create();
  expect(await cancelIndex(platform, id)).toMatchObject({ status: 'cancelled' });
  await advanceIndex(platform, id);
  expect(await runsOf(id, { status: 'queued' })).toEqual([]);
  await expect(resumeIndex(platform, id)).rejects.toThrow('cancelled');
});

test('a unit that someone opens leaves its run and comes next, and is made once', async () => {
  const { id } = await create();
  const opened = await findLayer(platform.db, 'tiny', 'mixed1');
  const open = () => raiseInterest(platform, owner, opened, 11);
  expect(await open()).toBe('raised');
  expect(await open()).toBe('coming');
  const [next] = await platform.db.run.findMany({
    where: { status: 'queued' },
    orderBy: [{ priority: 'desc' }, { queuedAt: 'asc' }],
  });
  expect(next).toMatchObject({ layer: 'mixed1', input: { channels: [11] } });
  const units = (await runsOf(id)).flatMap((run) =>
    channelsOf(run).map((channel) => `${run.layer}:${channel}`),
  );
  expect(new Set(units).size).toBe(units.length);
  expect(units).toHaveLength(40);

  await executeAll(id);
  expect(await open()).toBe('none');
  expect(await progressOf(id)).toMatchObject({ share: 1, pictures: { done: 160, total: 160 } });
});

test('a unit whose run is not queued yet comes next, too', async () => {
  const { id } = await create({ restarts: 16 });
  const opened = await findLayer(platform.db, 'tiny', 'mixed1');
  expect(await raiseInterest(platform, owner, opened, 19)).toBe('raised');
  await executeAll(id, { pictures: false });
  const units = (await runsOf(id)).flatMap((run) =>
    channelsOf(run).map((channel) => `${run.layer}:${channel}`),
  );
  expect(new Set(units).size).toBe(40);
  expect(units).toHaveLength(40);
});

test('the time that is left follows the pace of its runs', async () => {
  const { id, estimate } = await create({ layers: ['conv1'] });
  const expected = (estimate as unknown as { seconds: number }).seconds;
  expect((await progressOf(id)).secondsLeft).toBeCloseTo(expected);
  const runs = await runsOf(id);
  for (const run of runs.slice(0, 1)) {
    await execute(run, { pictures: false });
    const foreseen = (2 * expected) / runs.length;
    await platform.db.run.update({ where: { id: run.id }, data: { wallSeconds: 3 * foreseen } });
  }
  const { secondsLeft, share } = await progressOf(id);
  expect(secondsLeft).toBeCloseTo(3 * (1 - share) * expected);
});

test('an index ends when its model is replaced by another of that name', async () => {
  const { id } = await create({ restarts: 16 });
  await registerModel(platform, testManifest({ digest: 'f'.repeat(64) }));
  await platform.db.run.updateMany({ where: { indexId: id }, data: { status: 'cancelled' } });
  await advanceIndex(platform, id);
  expect(await requireIndex(platform.db, id)).toMatchObject({ status: 'cancelled' });
});

test('the estimate follows what runs took', async () => {
  const request = { model: 'tiny', settings: settings({ layers: ['conv1'] }) };
  const guess = await previewIndex(platform.db, request, { ...owner, codeVersion: 'new' });
  expect(guess.estimate).toMatchObject({ pictures: 80, places: 2, runs: 2 });
  const { id } = await create({ layers: ['conv1'] });
  for (const run of await runsOf(id)) {
    await execute(run);
    await platform.db.run.update({ where: { id: run.id }, data: { wallSeconds: run.total / 4 } });
  }
  const learned = await previewIndex(platform.db, request, { ...owner, codeVersion: 'new' });
  // 80 pictures of 2 steps at 4 steps a second, two at once.
  expect(learned.estimate.seconds).toBeCloseTo(20);
  expect(learned.estimate.explanation).toContain('this model');
  const deeper = { model: 'tiny', settings: settings({ layers: ['mixed1'] }) };
  const other = await previewIndex(platform.db, deeper, { ...owner, codeVersion: 'new' });
  expect(other.estimate.seconds).toBeGreaterThanOrEqual(20);
});

test('an unknown layer, model or dataset is refused before anything is written', async () => {
  await expect(create({ layers: ['mixed2'] })).rejects.toMatchObject({ code: 'LAYER_NOT_FOUND' });
  await expect(create({ parts: ['sweep'], dataset: 'nowhere' })).rejects.toMatchObject({
    code: 'DATASET_NOT_FOUND',
  });
  expect(await platform.db.index.count()).toBe(0);
});
