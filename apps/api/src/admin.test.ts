import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openTestApi, type TestApi } from './testing/api.ts';

const url = '/admin/queues';

describe('without a token', () => {
  let api: TestApi;
  beforeAll(async () => {
    api = await openTestApi();
  });
  afterAll(() => api.close());

  test('the board opens to this machine', async () => {
    const { status, body } = await api.get(url);
    expect(status).toBe(200);
    expect(body).toContain('<html');
    expect((await api.get(`${url}/api/queues`)).body.queues).toMatchObject([{ name: 'runs' }]);
  });

  test.each([
    ['another machine', { remoteAddress: '203.0.113.7' }],
    ['a proxy on this machine', { headers: { 'x-forwarded-for': '203.0.113.7' } }],
    ['whoever comes through the dashboard', { headers: { via: '1.1 fovea-dashboard' } }],
    ['a foreign name that leads to this machine', { headers: { host: 'evil.example.org' } }],
  ])('but not to %s', async (_name, options) => {
    expect((await api.call({ url, ...options })).status).toBe(403);
    expect((await api.call({ url: `${url}/api/queues`, ...options })).status).toBe(403);
  });
});

describe('with a token', () => {
  const token = 'a token of more than sixteen letters';
  let api: TestApi;
  beforeAll(async () => {
    api = await openTestApi({ FOVEA_ADMIN_TOKEN: token });
  });
  afterAll(() => api.close());

  const withPassword = (password: string) => ({
    authorization: `Basic ${Buffer.from(`admin:${password}`).toString('base64')}`,
  });

  test('it asks everyone for it', async () => {
    const { status, headers } = await api.get(url);
    expect(status).toBe(401);
    expect(headers['www-authenticate']).toContain('Basic');
    expect((await api.get(url, withPassword('a guess'))).status).toBe(401);
    expect((await api.get(url, withPassword(token))).status).toBe(200);
  });
});
