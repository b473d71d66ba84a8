import { findKindSchema, kindSchemas } from '@fovea/experiments/schema';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openTestApi, type TestApi } from '../../testing/api.ts';

let api: TestApi;
beforeAll(async () => {
  api = await openTestApi();
});
afterAll(() => api.close());

test('kinds are listed', async () => {
  const { body } = await api.get('/kinds');
  const { name, title, description, version } = findKindSchema('feature-visualization')!;
  expect(body.items).toContainEqual({ name, title, description, version });
  expect(body.items.map((kind: { name: string }) => kind.name)).toEqual(
    kindSchemas.map((kind) => kind.name).toSorted(),
  );
});

test('a kind tells its input, result and presets', async () => {
  const { status, body } = await api.get('/kinds/feature-visualization');
  expect(status).toBe(200);
  expect(body.input.properties.steps).toMatchObject({
    type: 'integer',
    maximum: 10_000,
    default: expect.any(Number),
  });
  expect(body.input.required).toEqual(['model', 'objective']);
  expect(body.result.properties).toHaveProperty('diagnosis');
  const kind = findKindSchema('feature-visualization')!;
  for (const preset of Object.values(body.presets))
    expect(kind.input.safeParse({ model: 'tiny', objective: 'conv1:3', ...(preset as object) }).success).toBe(
      true,
    );
});

test('an unknown kind is not found', async () => {
  const { status, body } = await api.get('/kinds/feature-visualisation');
  expect(status).toBe(404);
  expect(body.detail).toContain('feature-visualization');
});
