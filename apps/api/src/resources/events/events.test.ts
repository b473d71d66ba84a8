import type { AddressInfo } from 'node:net';
import { followRun, ProblemError, type RunEvent } from '@fovea/client';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { openTestApi, runRequest, type TestApi } from '../../testing/api.ts';
import { artifact, play, preview, progress } from '../../testing/worker.ts';

let api: TestApi;
let base: string;
let seed = 0;

beforeAll(async () => {
  api = await openTestApi();
  await api.app.listen({ port: 0, host: '127.0.0.1' });
  base = `http://127.0.0.1:${(api.app.server.address() as AddressInfo).port}`;
});
afterAll(() => api.close());

async function queue(): Promise<string> {
  return (await api.post('/runs', runRequest({}, { seed: (seed += 1) }))).body.id;
}

async function collect(events: AsyncIterable<RunEvent>, count = Infinity): Promise<RunEvent[]> {
  const seen: RunEvent[] = [];
  for await (const event of events) if (seen.push(event) >= count) break;
  return seen;
}

const sequences = (events: readonly RunEvent[]) => events.map(({ sequence }) => sequence);
const upTo = (count: number) => Array.from({ length: count }, (_, index) => index + 1);

describe('the stream of a run', () => {
  test('tells what was and what comes, in order, and ends with the run', async () => {
    const id = await queue();
    const following = collect(followRun(base, id));
    const run = await play(api, id);
    for (let step = 1; step <= 5; step++) await run.record(progress(step), preview(step));
    await run.record(artifact('image.png', 'image/png', 'picture'));
    await run.complete();
    const events = await following;
    expect(sequences(events)).toEqual(upTo(events.length));
    expect(events[0]).toMatchObject({
      type: 'status',
      data: { status: 'queued', workerId: null, error: null },
    });
    expect(events.at(-1)).toMatchObject({ type: 'status', data: { status: 'succeeded' } });
    expect(events.filter(({ type }) => type === 'progress')).toHaveLength(5);
  });

  test('goes on after Last-Event-ID with exactly the events that were missed', async () => {
    const id = await queue();
    const run = await play(api, id);
    const first = await collect(followRun(base, id), 2);
    expect(sequences(first)).toEqual([1, 2]);
    for (let step = 1; step <= 4; step++) await run.record(progress(step));
    const rest = collect(followRun(base, id, { after: 2 }));
    await run.record(progress(5));
    await run.complete();
    expect(sequences(await rest)).toEqual([3, 4, 5, 6, 7, 8]);
  });

  test('survives a lost connection without gap or repeat', async () => {
    const id = await queue();
    const run = await play(api, id);
    let connections = 0;
    const flaky: typeof fetch = async (url, init) => {
      connections += 1;
      const cut = new AbortController();
      if (connections === 1) setTimeout(() => cut.abort(new Error('cut')), 300);
      return fetch(url, { ...init, signal: AbortSignal.any([init!.signal!, cut.signal]) });
    };
    const following = collect(followRun(base, id, { fetch: flaky }));
    for (let step = 1; step <= 10; step++) {
      await run.record(progress(step));
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
    await run.complete();
    expect(sequences(await following)).toEqual(upTo(13));
    expect(connections).toBeGreaterThan(1);
  });

  test('survives connections to the database that break', async () => {
    const id = await queue();
    const run = await play(api, id);
    const following = collect(followRun(base, id));
    const { db } = api.services;
    for (let step = 1; step <= 3; step++) {
      await db.$executeRaw`
        SELECT pg_terminate_backend(pid) FROM pg_stat_activity
        WHERE datname = current_database() AND pid <> pg_backend_pid()`;
      await vi.waitFor(() => run.record(progress(step)), { timeout: 10_000 });
    }
    await run.complete();
    const events = await following;
    expect(sequences(events)).toEqual(upTo(events.length));
    expect(events.at(-1)).toMatchObject({ type: 'status', data: { status: 'succeeded' } });
  });

  test('of a run that was tried again goes past its first end to the last', async () => {
    const id = await queue();
    await (await play(api, id)).fail();
    await api.post(`/runs/${id}/retries`);
    const run = await play(api, id);
    const following = collect(followRun(base, id));
    await run.record(progress(1));
    await run.complete();
    const statuses = (await following).flatMap((event) => (event.type === 'status' ? event.data.status : []));
    expect(statuses).toEqual(['queued', 'running', 'failed', 'queued', 'running', 'succeeded']);
  });

  test('ends at once for a reader who has seen all of a finished run', async () => {
    const id = await queue();
    await (await play(api, id)).complete();
    const events = await collect(followRun(base, id));
    expect(await collect(followRun(base, id, { after: events.at(-1)!.sequence }))).toEqual([]);
  });

  test('serves several followers alike', async () => {
    const id = await queue();
    const followers = [1, 2, 3].map(() => collect(followRun(base, id)));
    const run = await play(api, id);
    await run.record(progress(1), progress(2));
    await run.complete();
    for (const events of await Promise.all(followers)) expect(sequences(events)).toEqual(upTo(5));
  });

  test('carries addresses from which previews and artifacts can be fetched', async () => {
    const id = await queue();
    const run = await play(api, id);
    await run.record(preview(1), artifact('image.png', 'image/png', 'the picture'));
    await run.complete();
    for (const event of await collect(followRun(base, id))) {
      expect(event.data).not.toHaveProperty('key');
      if (event.type !== 'preview' && event.type !== 'artifact') continue;
      const response = await fetch(event.data.url);
      expect(response.headers.get('content-type')).toBe('image/png');
      expect(await response.text()).toBe(event.type === 'preview' ? 'picture 1' : 'the picture');
    }
  });

  test('ends when its reader aborts', async () => {
    const leaving = new AbortController();
    const seen: RunEvent[] = [];
    for await (const event of followRun(base, await queue(), { signal: leaving.signal })) {
      seen.push(event);
      leaving.abort();
    }
    expect(sequences(seen)).toEqual([1]);
  });

  test('ends when the server closes, and does not hold it up', async () => {
    const closing = await openTestApi();
    await closing.app.listen({ port: 0, host: '127.0.0.1' });
    const { port } = closing.app.server.address() as AddressInfo;
    const { body } = await closing.post('/runs', runRequest());
    const url = `http://127.0.0.1:${port}/runs/${body.id}/events`;
    const response = await fetch(url, { headers: { accept: 'text/event-stream' } });
    await closing.close();
    expect(await response.text()).toContain('event: status');
  });

  test('of an unknown run is refused rather than tried again', async () => {
    const unknown = '01890000-0000-7000-8000-000000000000';
    await expect(collect(followRun(base, unknown))).rejects.toBeInstanceOf(ProblemError);
  });

  test('is server-sent events with id, type and data', async () => {
    const response = await fetch(`${base}/runs/${await queue()}/events`, {
      headers: { accept: 'text/event-stream' },
    });
    expect(response.headers.get('content-type')).toContain('text/event-stream');
    const { value } = await response.body!.pipeThrough(new TextDecoderStream()).getReader().read();
    expect(value).toMatch(/^id: 1\nevent: status\ndata: \{"sequence":1,"type":"status"/);
    await response.body!.cancel().catch(() => undefined);
  });
});

describe('the list of events', () => {
  test('holds those after a sequence, as far as its limit', async () => {
    const id = await queue();
    await (await play(api, id)).record(progress(1), progress(2), progress(3));
    const { body } = await api.get(`/runs/${id}/events?after=2&limit=2`);
    expect(sequences(body.items)).toEqual([3, 4]);
  });

  test('of an unknown run is not found', async () => {
    expect((await api.get('/runs/01890000-0000-7000-8000-000000000000/events')).status).toBe(404);
  });
});
