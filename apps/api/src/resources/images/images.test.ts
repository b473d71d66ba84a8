import { createHash } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openTestApi, type TestApi } from '../../testing/api.ts';

let api: TestApi;
beforeAll(async () => {
  api = await openTestApi();
});
afterAll(() => api.close());

const image = Buffer.from('an image');
const sha256 = createHash('sha256').update(image).digest('hex');

const upload = (key: string, payload?: Buffer) =>
  api.call({
    method: 'PUT',
    url: `/images/${key}`,
    payload,
    headers: { 'content-type': 'application/octet-stream' },
  });

test('an uploaded image is stored under its hash, however often it comes', async () => {
  for (const _ of [1, 2])
    expect(await upload(sha256, image)).toMatchObject({ status: 200, body: { sha256, bytes: image.length } });
  expect(await api.services.store.head(sha256)).toMatchObject({ bytes: image.length });
});

test('an image that is not the one in the path is refused', async () => {
  const { status, body } = await upload('0'.repeat(64), image);
  expect([status, body.code]).toEqual([422, 'OBJECT_KEY_MISMATCH']);
});

test('an upload without a body is refused', async () => {
  expect((await upload(sha256)).status).toBe(400);
});
