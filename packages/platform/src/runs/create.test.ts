import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Platform } from '../platform.ts';
import { ensureLocalOwner, type Owner } from '../registry/owner.ts';
import { registerModel } from '../registry/models.ts';
import { openTestPlatform, testManifest, testWeights } from '../testing/index.ts';
import { requestCancel } from './cancel.ts';
import { createRun, type RunRequest } from './create.ts';
import { queuePosition } from './queue-position.ts';

let platform: Platform;
let owner: Owner;

beforeAll(async () => {
  platform = await openTestPlatform();
  owner = await ensureLocalOwner(platform.db);
  await platform.store.put(testWeights);
  await registerModel(platform, testManifest());
});
afterAll(() => platform.close());

const request = (changes: Partial<RunRequest> = {}): RunRequest => ({
  kind: 'feature-visualization',
  input: { model: 'tiny', objective: 'mixed1:3', steps: 64 },
  ...changes,
});
const create = (changes: Partial<RunRequest> = {}, idempotencyKey?: string) =>
  createRun(platform, request(changes), { ...owner, codeVersion: 'test', idempotencyKey });

test('the same computation again is answered with the first run, unless forced', async () => {
  const first = await create({ seed: 1 });
  expect(first.outcome).toBe('created');
  const again = await create({ seed: 1, title: 'another title' });
  expect(again).toMatchObject({ outcome: 'deduplicated', run: { id: first.run.id } });
  const forced = await create({ seed: 1, force: true });
  expect(forced.outcome).toBe('created');
  expect(forced.run.hash).toBe(first.run.hash);
});

test('a default that is written out makes no other computation', async () => {
  const { run } = await create({ seed: 2 });
  const spelled = { ...(run.input as object) };
  expect(await create({ seed: 2, input: spelled })).toMatchObject({
    outcome: 'deduplicated',
    run: { id: run.id },
  });
});

test('seed, input and code version each make another computation', async () => {
  const { run } = await create({ seed: 3 });
  const others = [
    await create({ seed: 4 }),
    await create({ seed: 3, input: { model: 'tiny', objective: 'mixed1:4', steps: 64 } }),
    await createRun(platform, request({ seed: 3 }), { ...owner, codeVersion: 'next' }),
  ];
  for (const other of others) {
    expect(other.outcome).toBe('created');
    expect(other.run.hash).not.toBe(run.hash);
  }
});

test('a failed or cancelled computation is not an answer', async () => {
  const { run } = await create({ seed: 5 });
  await requestCancel(platform, run.id);
  expect(await create({ seed: 5 })).toMatchObject({ outcome: 'created' });
});

test('a running computation that was asked to stop is not an answer', async () => {
  const { run } = await create({ seed: 14 });
  await platform.db.run.update({ where: { id: run.id }, data: { status: 'running' } });
  await requestCancel(platform, run.id);
  expect(await create({ seed: 14 })).toMatchObject({ outcome: 'created' });
});

test('twenty equal requests at once make one run', async () => {
  const created = await Promise.all(Array.from({ length: 20 }, () => create({ seed: 6 })));
  expect(new Set(created.map(({ run }) => run.id)).size).toBe(1);
  expect(created.filter(({ outcome }) => outcome === 'created')).toHaveLength(1);
});

test('a request that is repeated under its idempotency key makes nothing new, even when forced', async () => {
  const made = await Promise.all(
    Array.from({ length: 5 }, () => create({ seed: 7, force: true }, 'key of seed 7')),
  );
  expect(new Set(made.map(({ run }) => run.id)).size).toBe(1);
  await expect(create({ seed: 8 }, 'key of seed 7')).rejects.toMatchObject({
    code: 'IDEMPOTENCY_KEY_REUSED',
    details: { runId: made[0]!.run.id },
  });
});

test('unknown names are answered with the nearest that exist', async () => {
  const input = { objective: 'mixed1:3', steps: 64 };
  await expect(create({ kind: 'feature-visualisation' })).rejects.toMatchObject({
    code: 'KIND_UNKNOWN',
    details: { nearest: expect.arrayContaining(['feature-visualization']) },
  });
  await expect(create({ input: { ...input, model: 'tinny' } })).rejects.toMatchObject({
    code: 'MODEL_NOT_FOUND',
    details: { nearest: ['tiny'] },
  });
  await expect(create({ input: { model: 'tiny', objective: 'mixed2:3', steps: 64 } })).rejects.toMatchObject({
    code: 'INPUT_INVALID',
    details: { issues: [{ code: 'unknown_layer', nearest: expect.arrayContaining(['mixed1']) }] },
  });
  await expect(create({ input: { model: 'tiny', objective: 'mixed1:8', steps: 64 } })).rejects.toMatchObject({
    code: 'INPUT_INVALID',
    details: { issues: [{ code: 'channel_out_of_range' }] },
  });
  await expect(create({ input: { model: 'tiny', objective: 'mixed1:3', steps: 1e9 } })).rejects.toMatchObject(
    {
      code: 'INPUT_INVALID',
      details: { issues: [{ path: ['steps'] }] },
    },
  );
});

test('SQL and HTML in a title stay text', async () => {
  const title = `'; DROP TABLE "Run"; -- <script>alert(1)</script>`;
  const { run } = await create({ seed: 9, title });
  expect(run.title).toBe(title);
  expect(await platform.db.run.count({ where: { searchText: { contains: 'alert(1)' } } })).toBe(1);
});

test('a run is found by the unit that it looks at', async () => {
  const tree = { type: 'channel', layer: 'mixed1', channel: 6 };
  const { run } = await create({ input: { model: 'tiny', objective: tree, steps: 64 } });
  const found = await platform.db.run.findMany({ where: { searchText: { contains: 'mixed1:6' } } });
  expect(found.map(({ id }) => id)).toEqual([run.id]);
});

test('the more urgent run goes first, and the older among equals', async () => {
  await platform.db.run.updateMany({ where: { status: 'queued' }, data: { status: 'cancelled' } });
  const low = await create({ seed: 10, priority: -1 });
  const first = await create({ seed: 11 });
  const second = await create({ seed: 12 });
  const urgent = await create({ seed: 13, priority: 50 });
  const positions = [urgent, first, second, low].map(({ run }) => queuePosition(platform.db, run));
  expect(await Promise.all(positions)).toEqual([0, 1, 2, 3]);
  expect(await queuePosition(platform.db, { ...low.run, status: 'running' })).toBeNull();
});
