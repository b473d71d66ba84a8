import sharp from 'sharp';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openTestApi, type TestApi } from '../../testing/api.ts';

let api: TestApi;
beforeAll(async () => {
  api = await openTestApi();
});
afterAll(() => api.close());

const put = (name: string, payload: Record<string, unknown>) =>
  api.call({ method: 'PUT', url: `/datasets/${name}/stimuli`, payload });

const corners = {
  stimulus: 'rounded-corner',
  height: 64,
  width: 96,
  parameters: { orientation: [0, 90, 180], radius: [8, 16] },
};

test('a stimulus set is a dataset like any other, with its parameters as columns', async () => {
  const { status, body } = await put('my-corners', corners);
  expect(status).toBe(200);
  expect(body).toMatchObject({ name: 'my-corners', kind: 'generated', images: 6, splits: { all: 6 } });
  expect(body.columns.map(({ name }: { name: string }) => name)).toEqual(['orientation', 'radius']);

  const { items } = (await api.get('/datasets/my-corners/images')).body;
  expect(items[3]).toMatchObject({ columns: { orientation: 90, radius: 16 }, height: 64, width: 96 });
  const picture = await api.app.inject(items[3].url);
  expect(await sharp(picture.rawPayload).metadata()).toMatchObject({ height: 64, width: 96 });
});

test('another set under the same name becomes what the name means, and it can be removed', async () => {
  await put('changing', corners);
  const { body } = await put('changing', { ...corners, parameters: { radius: [4] } });
  expect((await api.get('/datasets/changing')).body).toMatchObject({ digest: body.digest, images: 1 });
  expect((await api.call({ method: 'DELETE', url: '/datasets/changing' })).status).toBe(204);
  expect((await api.get('/datasets/changing')).status).toBe(404);
});

test.each([
  ['odd', { ...corners, stimulus: 'round-corner' }, 422, 'Did you mean rounded-corner?'],
  ['odd', { ...corners, parameters: { radios: 3 } }, 422, 'has no parameter radios'],
  ['odd', { ...corners, parameters: { radius: -3 } }, 422, 'radius'],
  ['rounded-corner', corners, 409, 'comes with Fovea'],
])('%s as %j is refused with %i', async (name, payload, expected, message) => {
  const { status, body } = await put(name, payload);
  expect(body.detail).toContain(message);
  expect(status).toBe(expected);
});
