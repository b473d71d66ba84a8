import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Platform } from './platform.ts';
import { openTestPlatform } from './testing/index.ts';
import {
  heartbeat,
  listWorkers,
  registerWorker,
  setWorkerStatus,
  type WorkerDescription,
} from './workers.ts';

let platform: Platform;
beforeAll(async () => {
  platform = await openTestPlatform();
});
afterAll(() => platform.close());

const description: WorkerDescription = {
  name: 'one',
  hostname: 'here',
  pid: 1,
  backend: 'wasm',
  device: { name: 'two cores', memoryBytes: 8e9 },
  codeVersion: 'test',
  concurrency: 2,
};
const stateOf = async (id: string) => (await listWorkers(platform.db)).find((each) => each.id === id);

test('a worker is listed with its device and how busy it is', async () => {
  const { id } = await registerWorker(platform.db, description);
  await heartbeat(platform.db, id, 0.75);
  expect(await stateOf(id)).toMatchObject({ ...description, busyShare: 0.75, state: 'online', runIds: [] });
});

test('a worker that falls silent is lost until it answers again', async () => {
  const { id } = await registerWorker(platform.db, description);
  const minuteAgo = new Date(Date.now() - 60_000);
  await platform.db.worker.update({ where: { id }, data: { heartbeatAt: minuteAgo } });
  expect(await stateOf(id)).toMatchObject({ state: 'lost' });
  await heartbeat(platform.db, id, 0);
  expect(await stateOf(id)).toMatchObject({ state: 'online' });
});

test('a worker that stopped in good order is listed only on demand', async () => {
  const { id } = await registerWorker(platform.db, description);
  await setWorkerStatus(platform.db, id, 'stopping');
  expect(await stateOf(id)).toMatchObject({ state: 'stopping' });
  await setWorkerStatus(platform.db, id, 'stopped');
  expect(await stateOf(id)).toBeUndefined();
  const all = await listWorkers(platform.db, { includeGone: true });
  expect(all.find((each) => each.id === id)).toMatchObject({ state: 'stopped', busyShare: 0 });
});

test('what workers do is announced', async () => {
  const heard: string[] = [];
  platform.notifications.subscribe('worker', { onNotice: ({ workerId }) => heard.push(workerId) });
  const { id } = await registerWorker(platform.db, description);
  await expect.poll(() => heard, { timeout: 10_000 }).toContain(id);
});
