import * as fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openTestApi, runRequest, type TestApi } from '../../testing/api.ts';
import { play, preview, progress } from '../../testing/worker.ts';

interface Listed {
  readonly id: string;
  readonly title: string | null;
  readonly status: string;
  readonly createdAt: string;
}

let api: TestApi;
let seed = 0;

async function create(input = {}, rest = {}): Promise<Listed> {
  const { status, body } = await api.post('/runs', runRequest(input, { seed: (seed += 1), ...rest }));
  expect(status).toBe(201);
  return body;
}

const list = async (query: string): Promise<Listed[]> => {
  const { status, body } = await api.get(`/runs?${query}`);
  expect(status).toBe(200);
  return body.items;
};
const ids = (runs: readonly Listed[]) => runs.map(({ id }) => id);

beforeAll(async () => {
  api = await openTestApi();
});
afterAll(() => api.close());

describe('filters', () => {
  let waiting: Listed, started: Listed, done: Listed;
  beforeAll(async () => {
    waiting = await create({ objective: 'mixed1:5' }, { title: 'Curves 100%' });
    started = await create(
      { objective: { type: 'channel', layer: 'conv1', channel: 7 } },
      { title: 'Edges' },
    );
    done = await create({}, { title: 'Textures' });
    await (await play(api, started.id)).record(progress(1), preview(1), preview(2));
    await (await play(api, done.id)).complete();
  });

  test('by status, one or several', async () => {
    expect(ids(await list('status=queued'))).toEqual([waiting.id]);
    expect(ids(await list('status=running&status=succeeded'))).toEqual([done.id, started.id]);
  });

  test('by kind and model', async () => {
    expect(await list('kind=feature-visualization&model=tiny')).toHaveLength(3);
    expect(await list('model=inception_v3')).toEqual([]);
  });

  test('by part of a title, in any case', async () => {
    expect(ids(await list('search=edge'))).toEqual([started.id]);
  });

  test('by unit, however the objective was written', async () => {
    expect(ids(await list('search=mixed1:5'))).toEqual([waiting.id]);
    expect(ids(await list('search=conv1:7'))).toEqual([started.id]);
  });

  test('by text in which wildcards are ordinary characters', async () => {
    expect(ids(await list('search=100%25'))).toEqual([waiting.id]);
    expect(await list('search=%25')).toHaveLength(1);
    expect(await list('search=C_rves')).toEqual([]);
  });

  test('by time of creation', async () => {
    const time = encodeURIComponent(started.createdAt);
    expect(ids(await list(`createdAfter=${time}`))).toEqual([done.id]);
    expect(ids(await list(`createdBefore=${time}`))).toEqual([waiting.id]);
  });

  test('show the newest preview of each run', async () => {
    const [run] = (await api.get('/runs?status=running')).body.items;
    expect(run.picture).toMatchObject({ step: 2, mediaType: 'image/png' });
    const { pathname, search } = new URL(run.picture.url);
    expect((await api.get(pathname + search)).body).toBe('picture 2');
  });

  test.each([
    ['status=finished', '/status/0'],
    ['limit=0', '/limit'],
    ['limit=201', '/limit'],
    ['sort=title', '/sort'],
    ['createdAfter=yesterday', '/createdAfter'],
    ['stauts=queued', '/stauts'],
    ['cursor=nonsense', '/cursor'],
  ])('%s is refused', async (query, pointer) => {
    const { status, body } = await api.get(`/runs?${query}`);
    expect(status).toBe(400);
    expect(body.errors[0]).toMatchObject({ in: 'query', pointer });
  });

  test('a cursor of another order is refused', async () => {
    const { body } = await api.get('/runs?limit=1');
    expect((await api.get(`/runs?limit=1&direction=asc&cursor=${body.nextCursor}`)).body.code).toBe(
      'CURSOR_INVALID',
    );
  });
});

describe('pagination', () => {
  const readPages = async (
    query: string,
    limit: number,
    between: () => Promise<unknown>,
  ): Promise<Listed[]> => {
    const seen: Listed[] = [];
    let cursor: string | null = null;
    do {
      const { body } = await api.get(`/runs?${query}&limit=${limit}${cursor ? `&cursor=${cursor}` : ''}`);
      seen.push(...body.items);
      cursor = body.nextCursor;
      if (cursor) await between();
    } while (cursor);
    return seen;
  };

  beforeAll(async () => {
    for (let index = 0; index < 12; index++) await create();
    // Many equal and missing values, so that the order rests on the tie break.
    await api.services.db.$executeRaw`
      UPDATE "Run" SET "wallSeconds" = (seed % 3)::float, "finishedAt" = CASE WHEN seed % 2 = 0 THEN now() END`;
  });

  test('has no gaps and no repeats while rows come in', async () => {
    const sort = fc.constantFrom('createdAt', 'finishedAt', 'wallSeconds');
    const direction = fc.constantFrom('asc', 'desc');
    await fc.assert(
      fc.asyncProperty(sort, direction, fc.integer({ min: 1, max: 7 }), async (sort, direction, limit) => {
        const query = `sort=${sort}&direction=${direction}`;
        const before = ids(await list(`${query}&limit=200`));
        const inserted: string[] = [];
        const seen = ids(
          await readPages(query, limit, async () => {
            if (inserted.length < 3) inserted.push((await create()).id);
          }),
        );
        expect(new Set(seen).size).toBe(seen.length);
        expect(seen.filter((id) => !inserted.includes(id))).toEqual(before);
      }),
      { numRuns: 20 },
    );
  });
});
