import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openTestApi, runRequest, type TestApi } from '../../testing/api.ts';
import { play } from '../../testing/worker.ts';

let api: TestApi;
beforeAll(async () => {
  api = await openTestApi();
});
afterAll(() => api.close());

let seed = 1000;
/** So that runs of one test are not answered with those of another. */
const fresh = (input = {}, rest = {}) => runRequest(input, { seed: (seed += 1), ...rest });

describe('creating a run', () => {
  test('queues it with defaults filled in and tells where it is', async () => {
    const { status, body, headers } = await api.post('/runs', fresh({ steps: 10 }, { title: 'A first run' }));
    expect(status).toBe(201);
    expect(headers['location']).toBe(`/runs/${body.id}`);
    expect(body).toMatchObject({
      kind: 'feature-visualization',
      title: 'A first run',
      status: 'queued',
      model: 'tiny',
      total: 10,
      attempt: 1,
      error: null,
      picture: null,
      input: { objective: 'conv1:3', width: 128, optimizer: 'adam' },
    });
    expect(body.queuePosition).toBeTypeOf('number');
    expect((await api.get(`/runs/${body.id}`)).body).toEqual(body);
  });

  test('answers the same request with the same run, unless forced', async () => {
    const request = fresh();
    const first = await api.post('/runs', request);
    const again = await api.post('/runs', request);
    const forced = await api.post('/runs', { ...request, force: true });
    expect([first.status, again.status, forced.status]).toEqual([201, 200, 201]);
    expect(again.body.id).toBe(first.body.id);
    expect(forced.body.id).not.toBe(first.body.id);
    expect(forced.body.hash).toBe(first.body.hash);
  });

  test('answers a repeated key with the run that it made, even when forced', async () => {
    const request = fresh({}, { force: true });
    const key = { 'idempotency-key': 'press the button once' };
    const first = await api.post('/runs', request, key);
    const again = await api.post('/runs', request, key);
    expect([first.status, again.status]).toEqual([201, 200]);
    expect(again.body.id).toBe(first.body.id);
  });

  test('answers a key that comes twice at the same moment with one run', async () => {
    const request = fresh({}, { force: true });
    const key = { 'idempotency-key': 'pressed by two fingers' };
    const answers = await Promise.all([1, 2, 3, 4].map(() => api.post('/runs', request, key)));
    expect(new Set(answers.map(({ body }) => body.id)).size).toBe(1);
    expect(answers.filter(({ status }) => status === 201)).toHaveLength(1);
  });

  test('refuses a key that was used for another request', async () => {
    const key = { 'idempotency-key': 'for one thing only' };
    await api.post('/runs', fresh(), key);
    const { status, body } = await api.post('/runs', fresh(), key);
    expect([status, body.code]).toEqual([422, 'IDEMPOTENCY_KEY_REUSED']);
  });

  test('starts higher priorities earlier', async () => {
    const low = await api.post('/runs', fresh({}, { priority: -50 }));
    const high = await api.post('/runs', fresh({}, { priority: 50 }));
    expect((await api.get(`/runs/${high.body.id}`)).body.queuePosition).toBe(0);
    expect((await api.get(`/runs/${low.body.id}`)).body.queuePosition).toBeGreaterThan(0);
  });
});

describe('a wrong input', () => {
  const refusals: [string, Record<string, unknown>, string, RegExp, string[]?][] = [
    ['an unknown model', { model: 'tony' }, '/input/model', /tony/, ['tiny']],
    ['an unknown layer', { objective: 'covn1:3' }, '/input/objective', /covn1/, ['conv1']],
    ['a channel beyond the last', { objective: 'conv1:8' }, '/input/objective', /0 to 7|8 channels/],
    ['a misspelt setting', { stpes: 30 }, '/input/stpes', /stpes/, ['steps']],
    ['an objective that cannot be read', { objective: 'conv1:' }, '/input/objective', /./],
    ['more steps than allowed', { steps: 10_001 }, '/input/steps', /10000/],
    ['a step count that is no integer', { steps: 1.5 }, '/input/steps', /int/],
    ['a picture larger than allowed', { width: 5000 }, '/input/width', /1024/],
    ['a batch larger than allowed', { batch: 33 }, '/input/batch', /32/],
  ];
  test.each(refusals)(
    '%s is refused with what would be right',
    async (_name, input, pointer, detail, suggestions = []) => {
      const { status, body, headers } = await api.post('/runs', fresh(input));
      expect(headers['content-type']).toContain('application/problem+json');
      expect(status).toBeGreaterThanOrEqual(400);
      expect(status).toBeLessThan(500);
      expect(body.errors).toHaveLength(1);
      expect(body.errors[0]).toMatchObject({ in: 'body', pointer });
      expect(body.errors[0].detail).toMatch(detail);
      expect(body.errors[0].suggestions ?? []).toEqual(expect.arrayContaining(suggestions));
    },
  );

  test('an unknown kind is refused with the nearest one', async () => {
    const { status, body } = await api.post('/runs', { kind: 'feature-visualisation', input: {} });
    expect(status).toBe(422);
    expect(body.errors[0].pointer).toBe('/kind');
    expect(body.errors[0].suggestions[0]).toBe('feature-visualization');
  });

  test('a misspelt property of the request is refused with the nearest one', async () => {
    const { status, body } = await api.post('/runs', { ...fresh(), titel: 'x' });
    expect(status).toBe(400);
    expect(body.errors).toHaveLength(1);
    expect(body.errors[0]).toMatchObject({ in: 'body', pointer: '/titel' });
    expect(body.errors[0].suggestions[0]).toBe('title');
  });

  test('a seed or priority out of range is refused', async () => {
    const { status, body } = await api.post('/runs', runRequest({}, { seed: -1, priority: 1000 }));
    expect(status).toBe(400);
    expect(body.errors.map((item: { pointer: string }) => item.pointer).sort()).toEqual([
      '/priority',
      '/seed',
    ]);
  });

  test('nothing of it is queued', async () => {
    const before = await api.services.db.run.count();
    await api.post('/runs', fresh({ model: 'tiny\'; DROP TABLE "Run"; --' }));
    expect(await api.services.db.run.count()).toBe(before);
  });
});

describe('names', () => {
  test.each([
    `Robert'); DROP TABLE "Run"; --`,
    '<script>alert(1)</script><img src=x onerror=alert(1)>',
    '%_\\ $1 ${7*7} {{7*7}}',
    'Grüße, 网络, 🔬, ‮evil‬',
  ])('%s is stored and returned as it came', async (title) => {
    const { status, body } = await api.post('/runs', fresh({}, { title }));
    expect(status).toBe(201);
    expect((await api.get(`/runs/${body.id}`)).body.title).toBe(title);
    const found = await api.get(`/runs?search=${encodeURIComponent(title)}`);
    expect(found.body.items.map((run: { id: string }) => run.id)).toEqual([body.id]);
    expect(found.headers['content-type']).toContain('application/json');
  });

  test.each([
    ['a NUL character', 'a\u0000b'],
    ['half of a surrogate pair', 'a\ud800b'],
  ])('%s is refused, since no stored text can hold it', async (_name, title) => {
    const { status, body } = await api.post('/runs', fresh({}, { title }));
    expect([status, body.code]).toEqual([400, 'TEXT_UNSTORABLE']);
    expect(body.errors[0].pointer).toBe('/title');
  });
});

describe('changing a run', () => {
  test('a queued run is cancelled at once, and only once it has ended can it be tried again', async () => {
    const { body: run } = await api.post('/runs', fresh());
    expect((await api.post(`/runs/${run.id}/retries`)).status).toBe(409);
    const cancelled = await api.post(`/runs/${run.id}/cancellation`);
    expect([cancelled.status, cancelled.body.status]).toEqual([202, 'cancelled']);
    expect((await api.post(`/runs/${run.id}/cancellation`)).body.code).toBe('TRANSITION_ILLEGAL');
    const again = await api.post(`/runs/${run.id}/retries`);
    expect([again.status, again.body.status, again.body.error]).toEqual([202, 'queued', null]);
  });

  test('a running run is asked to stop', async () => {
    const { body: run } = await api.post('/runs', fresh());
    await play(api, run.id);
    const { status, body } = await api.post(`/runs/${run.id}/cancellation`);
    expect([status, body.status]).toEqual([202, 'running']);
    expect(body.cancelRequestedAt).not.toBeNull();
  });

  test('a failed run says why, and can be tried again', async () => {
    const { body: run } = await api.post('/runs', fresh());
    await (await play(api, run.id)).fail();
    const { body } = await api.get(`/runs/${run.id}`);
    expect(body).toMatchObject({ status: 'failed', error: { fault: 'input', code: 'NAN_LOSS' } });
    expect((await api.post(`/runs/${run.id}/retries`)).body.status).toBe('queued');
  });

  test('a duplicate takes over everything but the changes', async () => {
    const { body: run } = await api.post('/runs', fresh({ steps: 20 }, { title: 'Original', priority: 3 }));
    const { status, body } = await api.post(`/runs/${run.id}/duplicates`, { input: { steps: 30 } });
    expect(status).toBe(201);
    expect(body).toMatchObject({ title: 'Original', priority: 3, seed: run.seed, parentRunId: run.id });
    expect(body.input).toEqual({ ...run.input, steps: 30 });
  });

  test('a duplicate without changes is the run itself, unless forced', async () => {
    const { body: run } = await api.post('/runs', fresh());
    expect((await api.post(`/runs/${run.id}/duplicates`, {})).body.id).toBe(run.id);
    expect((await api.post(`/runs/${run.id}/duplicates`, { force: true })).body.id).not.toBe(run.id);
  });

  test('a duplicate with a wrong change is refused', async () => {
    const { body: run } = await api.post('/runs', fresh());
    const { status, body } = await api.post(`/runs/${run.id}/duplicates`, { input: { stpes: 30 } });
    expect([status, body.code]).toEqual([422, 'INPUT_INVALID']);
  });

  test.each(['cancellation', 'retries', 'duplicates'])('%s of an unknown run is not found', async (name) => {
    const url = `/runs/01890000-0000-7000-8000-000000000000/${name}`;
    expect((await api.post(url, {})).body).toMatchObject({ status: 404, code: 'RUN_NOT_FOUND' });
  });

  test('an id that is none is refused', async () => {
    const { status, body } = await api.get('/runs/1%20OR%201=1');
    expect(status).toBe(400);
    expect(body.errors[0]).toMatchObject({ in: 'path', pointer: '/id' });
  });
});
