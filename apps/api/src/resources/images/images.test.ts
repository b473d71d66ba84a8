import { createHash } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openTestApi, type TestApi } from '../../testing/api.ts';

let api: TestApi;
beforeAll(async () => {
  api = await openTestApi();
});
afterAll(() => api.close());

const headers = { 'content-type': 'application/octet-stream' };

test('an uploaded image is stored under its hash, however often it comes', async () => {
  const payload = Buffer.from('an image');
  const sha256 = createHash('sha256').update(payload).digest('hex');
  for (const _ of [1, 2])
    expect(await api.call({ method: 'POST', url: '/images', payload, headers })).toMatchObject({
      status: 201,
      body: { sha256, bytes: payload.length },
    });
  expect(await api.services.store.head(sha256)).toMatchObject({ bytes: payload.length });
});

test('an upload without a body is refused', async () => {
  const { status, body } = await api.call({ method: 'POST', url: '/images', headers });
  expect([status, body.code]).toEqual([400, 'BODY_MISSING']);
});

test('an upload of another type is refused', async () => {
  const { status } = await api.call({
    method: 'POST',
    url: '/images',
    payload: '{}',
    headers: { 'content-type': 'application/json' },
  });
  expect(status).toBe(415);
});
