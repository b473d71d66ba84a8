import { seedRegistry } from '@fovea/platform';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openTestApi, type TestApi } from '../../testing/api.ts';

let api: TestApi;
beforeAll(async () => {
  api = await openTestApi();
  await seedRegistry(api.services, api.services.config.home);
});
afterAll(() => api.close());

test('what ships with Fovea is listed, and can be fetched by name', async () => {
  const { body } = await api.get('/datasets');
  expect(body.items).toHaveLength(1);
  const [dataset] = body.items;
  expect(dataset.classes.length).toBeGreaterThanOrEqual(16);
  expect(Object.values(dataset.splits).every((size) => Number.isInteger(size))).toBe(true);
  expect((await api.get(`/datasets/${dataset.name}`)).body).toEqual(dataset);
});

test('an unknown dataset is not found', async () => {
  expect((await api.get('/datasets/imagenet')).body).toMatchObject({
    status: 404,
    code: 'DATASET_NOT_FOUND',
  });
});
