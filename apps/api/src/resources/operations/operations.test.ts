import { openQueue } from '@fovea/platform';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { buildApp } from '../../app.ts';
import { openTestApi, runRequest, type TestApi } from '../../testing/api.ts';

let api: TestApi;
beforeAll(async () => {
  api = await openTestApi();
});
afterAll(() => api.close());

test('health says that the process lives', async () => {
  expect(await api.get('/health')).toMatchObject({ status: 200, body: { status: 'ok' } });
});

test('readiness asks database, queue and store', async () => {
  const { status, body } = await api.get('/readiness');
  expect(status).toBe(200);
  expect(body).toMatchObject({
    status: 'ready',
    checks: { database: { status: 'up' }, queue: { status: 'up' }, store: { status: 'up' } },
  });
});

test('metrics count requests by route, runs by status and what waits', async () => {
  await api.post('/runs', runRequest());
  await api.get('/runs/not-an-id');
  const { status, body, headers } = await api.get('/metrics');
  expect(status).toBe(200);
  expect(headers['content-type']).toContain('text/plain');
  expect(body).toMatch(
    /fovea_http_request_duration_seconds_count\{method="GET",route="\/runs\/:id",status="400"\} 1/,
  );
  expect(body).toMatch(/fovea_runs\{status="queued"\} 1/);
  expect(body).toMatch(/fovea_queue_depth \d+/);
});

test('metrics are there while the queue is away, and know nothing of it', async () => {
  const { log } = api.services;
  const queue = openQueue({ backend: 'redis', url: 'redis://127.0.0.1:1', prefix: 'away' }, log);
  const app = await buildApp({ ...api.services, queue });
  const { statusCode, body } = await app.inject('/metrics');
  expect(statusCode).toBe(200);
  expect(body).toMatch(/fovea_queue_depth Nan/i);
  expect(body).toMatch(/fovea_runs\{status="queued"\} 1/);
  await app.close();
  await queue.close();
});

test('a database that is away makes it unavailable, and says nothing of where it was', async () => {
  const lost = await openTestApi();
  await lost.services.db.$executeRawUnsafe(
    `SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()`,
  );
  await lost.services.db.$disconnect();
  lost.services.db.$queryRaw = (() =>
    Promise.reject(new Error('postgres://user:secret@host is away'))) as never;
  const { status, body } = await lost.get('/readiness');
  expect([status, body.status, body.checks.database.status]).toEqual([503, 'unavailable', 'down']);
  expect(JSON.stringify(body)).not.toContain('secret');
  await lost.close();
});
