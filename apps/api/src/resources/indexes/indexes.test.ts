import { afterAll, beforeAll, expect, test } from 'vitest';
import { openTestApi, type TestApi } from '../../testing/api.ts';

let api: TestApi;
beforeAll(async () => {
  api = await openTestApi();
});
afterAll(() => api.close());

const request = (settings: object = {}) => ({
  model: 'tiny',
  settings: { parts: ['pictures', 'deepdream'], steps: 4, restarts: 1, ...settings },
});

test('the estimate names pictures, time and storage, by part and layer, and writes nothing', async () => {
  const { status, body } = await api.post('/indexes/estimates', request());
  expect(status).toBe(200);
  expect(body).toMatchObject({ layers: ['conv1', 'mixed1'], units: 16, skipped: [] });
  expect(body.estimate).toMatchObject({ pictures: 64, runs: 4, places: 1 });
  expect(body.estimate.seconds).toBeGreaterThan(0);
  expect(body.estimate.bytes).toBeGreaterThan(64 * 1000);
  expect(
    body.estimate.groups.map(({ part, layer }: { part: string; layer: string }) => `${part} ${layer}`),
  ).toEqual(['deepdream conv1', 'deepdream mixed1', 'pictures conv1', 'pictures mixed1']);
  expect((await api.get('/indexes')).body.items).toEqual([]);
});

test('an index is begun, listed, paused, resumed and cancelled', async () => {
  const { status, body, headers } = await api.post('/indexes', request());
  expect(status).toBe(201);
  expect(headers.location).toBe(`/indexes/${body.id}`);
  expect(body).toMatchObject({
    model: 'tiny',
    status: 'running',
    share: 0,
    pictures: { done: 0, total: 64 },
    runs: { queued: 4 },
    failures: [],
  });
  const { items } = (await api.get('/indexes?model=tiny')).body;
  expect(items.map(({ id }: { id: string }) => id)).toEqual([body.id]);
  expect((await api.get('/indexes?model=other')).body.items).toEqual([]);

  const address = `/indexes/${body.id}`;
  expect((await api.post(`${address}/pause`)).body).toMatchObject({
    status: 'paused',
    runs: { queued: 0, cancelled: 4 },
  });
  expect((await api.post(`${address}/pause`)).status).toBe(409);
  expect((await api.post(`${address}/resumption`)).body).toMatchObject({
    status: 'running',
    runs: { queued: 4 },
  });
  expect((await api.post(`${address}/cancellation`)).body).toMatchObject({
    status: 'cancelled',
    secondsLeft: null,
  });
  expect((await api.get(address)).body.status).toBe('cancelled');
});

test('a unit that somebody opens comes first in the queue', async () => {
  const interest = () => api.post('/models/tiny/layers/mixed1/units/5/interest');
  expect((await interest()).body).toEqual({ state: 'none' });
  const { body } = await api.post('/indexes', request({ parts: ['pictures'] }));
  expect((await interest()).body).toEqual({ state: 'raised' });
  const [first] = await api.services.db.run.findMany({
    where: { status: 'queued' },
    orderBy: [{ priority: 'desc' }],
    take: 1,
  });
  expect(first).toMatchObject({ indexId: body.id, layer: 'mixed1', input: { channels: [5] } });
  expect((await api.post('/models/tiny/layers/mixed1/units/8/interest')).status).toBe(404);
});

test.each([
  ['a layer that the model lacks', { layers: ['conv9'] }, 404, 'LAYER_NOT_FOUND'],
  ['a sweep without a dataset', { parts: ['sweep'] }, 400, 'REQUEST_INVALID'],
  ['a dataset that is not registered', { parts: ['sweep'], dataset: 'nowhere' }, 404, 'DATASET_NOT_FOUND'],
])('%s is refused', async (_, settings, status, code) => {
  const answer = await api.post('/indexes', request(settings));
  expect([answer.status, answer.body.code]).toEqual([status, code]);
});

test('an index that is not there is not found', async () => {
  const { status, body } = await api.get('/indexes/01900000-0000-7000-8000-000000000000');
  expect([status, body.code]).toEqual([404, 'INDEX_NOT_FOUND']);
});
