import { afterAll, beforeAll, expect, test } from 'vitest';
import { openTestApi, runRequest, type TestApi } from '../../testing/api.ts';
import { play } from '../../testing/worker.ts';

let api: TestApi;
beforeAll(async () => {
  api = await openTestApi();
});
afterAll(() => api.close());

test('workers tell their device, their load and what they run', async () => {
  const { body: run } = await api.post('/runs', runRequest());
  await play(api, run.id);
  const { body } = await api.get('/workers');
  expect(body.items).toMatchObject([
    {
      name: 'played',
      status: 'online',
      backend: 'wasm',
      device: { name: 'Test processor', memoryBytes: 1024 },
      runIds: [run.id],
    },
  ]);
});

test('a worker whose heartbeat has stopped is lost, and later listed on request only', async () => {
  const age = (interval: string) =>
    api.services.db.$executeRawUnsafe(`UPDATE "Worker" SET "heartbeatAt" = now() - interval '${interval}'`);
  await age('1 minute');
  expect((await api.get('/workers')).body.items).toMatchObject([{ status: 'lost' }]);
  await age('2 hours');
  expect((await api.get('/workers')).body.items).toEqual([]);
  expect((await api.get('/workers?includeGone=true')).body.items).toHaveLength(1);
});
