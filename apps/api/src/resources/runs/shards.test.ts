import { generatedManifest } from '@fovea/data';
import { registerDataset } from '@fovea/platform';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openTestApi, type TestApi } from '../../testing/api.ts';

let api: TestApi;
beforeAll(async () => {
  api = await openTestApi();
  await registerDataset(api.services, generatedManifest('procedural', {}));
});
afterAll(() => api.close());

test('a run tells of its shards, which the list leaves out unless it is asked for them', async () => {
  const input = { model: 'tiny', layers: ['conv1'], dataset: 'procedural', shards: 3 };
  const { status, body: run } = await api.post('/runs', { kind: 'activation-sweep', input });
  expect(status).toBe(201);
  expect(run.shards).toHaveLength(3);
  expect(run.shards[0]).toMatchObject({ status: 'queued', step: 0 });
  const listed = async (query = '') => (await api.get(`/runs?${query}`)).body.items as { id: string }[];
  expect((await listed()).map(({ id }) => id)).toEqual([run.id]);
  const ofFlow = (await listed(`flow=${run.id}`)).map(({ id }) => id);
  expect(ofFlow.toSorted()).toEqual(run.shards.map(({ id }: { id: string }) => id).toSorted());
  const { body: shard } = await api.get(`/runs/${run.shards[1].id}`);
  expect(shard).toMatchObject({ flowRunId: run.id, shards: [], input: { shard: { index: 1, count: 3 } } });
});
