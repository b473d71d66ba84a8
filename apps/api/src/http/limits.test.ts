import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openTestApi, runRequest, type TestApi } from '../testing/api.ts';

let api: TestApi;
beforeAll(async () => {
  api = await openTestApi({ FOVEA_WEB_ORIGIN: 'https://fovea.example.org' });
  api.app.get('/broken', () => {
    throw new Error('postgres://user:secret@10.0.0.1 refused SELECT * FROM "Run"');
  });
});
afterAll(() => api.close());

const post = (payload: string | Buffer, headers: Record<string, string>) =>
  api.call({ method: 'POST', url: '/runs', payload, headers });
const asJson = { 'content-type': 'application/json' };

describe('every error is a problem', () => {
  test('an unknown route', async () => {
    const { status, body, headers } = await api.get('/rnus?x=1');
    expect(headers['content-type']).toContain('application/problem+json');
    expect([status, body]).toEqual([
      404,
      {
        type: 'about:blank',
        title: 'Not Found',
        status: 404,
        detail: expect.stringContaining('GET /rnus'),
        code: 'ROUTE_NOT_FOUND',
        instance: expect.stringMatching(/^urn:fovea:request:/),
      },
    ]);
  });

  test('a body of 50 MB', async () => {
    const payload = JSON.stringify(runRequest({}, { title: 'x'.repeat(50_000_000) }));
    const { status, body } = await post(payload, asJson);
    expect([status, body.code]).toEqual([413, 'BODY_TOO_LARGE']);
    expect(body.detail).toContain('1000000');
  });

  test('a body that is no JSON', async () => {
    expect((await post('{"kind": ', asJson)).body).toMatchObject({ status: 400, code: 'BODY_MALFORMED' });
    expect((await post('', asJson)).body).toMatchObject({ status: 400, code: 'BODY_MALFORMED' });
  });

  test('a body that would change the prototype of objects', async () => {
    expect((await post('{"__proto__": {"admin": true}}', asJson)).status).toBe(400);
    expect((await post('{"input": {"constructor": {"prototype": {}}}}', asJson)).status).toBe(400);
  });

  test.each([
    ['lists', 400_000, '[', '1', ']'],
    ['an objective', 30_000, '{"type":"negate","of":', '{"type":"deepdream","layer":"conv1"}', '}'],
  ])('%s nested %i deep', async (_name, depth, open, core, close) => {
    const objective = open.repeat(depth) + core + close.repeat(depth);
    const payload = `{"kind":"feature-visualization","input":{"model":"tiny","objective":${objective}}}`;
    const { status, body } = await post(payload, asJson);
    expect([status, body.code]).toEqual([400, 'BODY_TOO_DEEP']);
  });

  test.each(['-', '('])('an objective of 900 000 %s', async (sign) => {
    const { status, body } = await api.post('/runs', runRequest({ objective: sign.repeat(900_000) }));
    expect([status, body.code]).toEqual([422, 'INPUT_INVALID']);
    expect(body.errors).toHaveLength(1);
  });

  test('another media type', async () => {
    const { status, body } = await post('<run/>', { 'content-type': 'application/xml' });
    expect([status, body.code]).toEqual([415, 'MEDIA_TYPE_UNSUPPORTED']);
  });

  test('a failure of our own, of which nothing shows', async () => {
    const { status, body } = await api.get('/broken');
    expect([status, body.code]).toEqual([500, 'INTERNAL']);
    expect(JSON.stringify(body)).not.toMatch(/secret|SELECT|10\.0\.0\.1|broken/);
  });
});

describe('the rate limit', () => {
  test('answers 429 and says when to come back', async () => {
    const limited = await openTestApi({ FOVEA_LOOPBACK_RATE_LIMIT: '5' });
    try {
      const answers = [];
      for (let index = 0; index < 6; index++)
        answers.push(await limited.call({ url: '/health', remoteAddress: '127.8.7.6' }));
      expect(answers.map(({ status }) => status)).toEqual([200, 200, 200, 200, 200, 429]);
      const { body, headers } = answers[5]!;
      expect(body.code).toBe('RATE_LIMITED');
      expect(Number(headers['retry-after'])).toBeGreaterThan(0);
    } finally {
      await limited.close();
    }
  });

  test('is counted apart from other installations that use the same Redis', async ({ skip }) => {
    const { redis, queue } = api.services;
    if (!redis) skip('no Redis server can be had on this machine');
    await api.call({ url: '/health', remoteAddress: '203.0.113.8' });
    const raw = redis!.duplicate({ keyPrefix: '', enableOfflineQueue: true });
    const keys = (await raw.keys('*')).filter((key) => key.endsWith('203.0.113.8'));
    await raw.quit();
    expect(keys).toEqual([expect.stringMatching(new RegExp(`^${queue.bull.opts.prefix}:`))]);
  });

  test('is narrower for other machines', async () => {
    const { headers } = await api.call({ url: '/health', remoteAddress: '203.0.113.7' });
    expect(headers['x-ratelimit-limit']).toBe('600');
  });
});

describe('pages of other origins', () => {
  const from = (origin: string) => ({ origin });
  const allowed = async (origin: string) =>
    (await api.get('/runs', from(origin))).headers['access-control-allow-origin'];

  test('may read when they are the dashboard or on this machine', async () => {
    for (const origin of [
      'https://fovea.example.org',
      'http://localhost:3000',
      'http://127.0.0.1:4000',
      'http://[::1]:3000',
    ])
      expect(await allowed(origin)).toBe(origin);
  });

  test('may not when they only look like it', async () => {
    for (const origin of [
      'https://evil.example.org',
      'http://localhost.evil.org',
      'http://127.0.0.1.evil.org',
      'null',
    ])
      expect(await allowed(origin)).toBeUndefined();
  });

  test('may not change anything, even by requests that need no asking', async () => {
    const { body: run } = await api.post('/runs', runRequest());
    const refused = await api.post(
      `/runs/${run.id}/cancellation`,
      undefined,
      from('https://evil.example.org'),
    );
    expect([refused.status, refused.body.code]).toEqual([403, 'ORIGIN_REFUSED']);
    expect((await api.get(`/runs/${run.id}`)).body.status).toBe('queued');
    expect(
      (await api.post(`/runs/${run.id}/cancellation`, undefined, from('http://localhost:3000'))).status,
    ).toBe(202);
  });
});
