/**
 * How fast the API answers with 100,000 runs in its table: `npm run bench -- --only api`, or
 * `node bench/api.ts [runs]`. Uses the servers that DATABASE_URL and REDIS_URL name, else private ones.
 */
import { spawn, type ChildProcess } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { availableParallelism, tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import autocannon from 'autocannon';
import { ensureLocalOwner, openDatabase } from '../packages/platform/src/index.ts';
import { createTestDatabase } from '../packages/platform/src/testing/index.ts';
import { setup } from '../tests/services.ts';
import { fillRuns } from './api-runs.ts';

const connections = 4;
const seconds = 5;

/** Milliseconds and throughput by kind of request; prints them, too. */
export const benchApi = (say = console.log, runs = 100_000): Promise<Measurements> =>
  onFilledApi(
    ({ databaseUrl }) => fill(databaseUrl, runs),
    async (url, ids) => {
      say(
        `${runs.toLocaleString('en')} runs, ${connections} connections, ${seconds} s each, ${availableParallelism()} cores`,
      );
      const measurements = await measureAll(url, ids);
      for (const [name, row] of Object.entries(measurements)) say(name, row);
      return measurements;
    },
  );

interface EmptyInstallation {
  readonly databaseUrl: string;
  readonly home: string;
}

/** Fills a database of its own, and asks an API process that reads it. */
export async function onFilledApi<Filled, Result>(
  fillIt: (installation: EmptyInstallation) => Promise<Filled>,
  ask: (url: string, filled: Filled) => Promise<Result>,
): Promise<Result> {
  const stopServices = await setup();
  const database = await createTestDatabase();
  const home = await mkdtemp(join(tmpdir(), 'fovea-bench-'));
  try {
    const filled = await fillIt({ databaseUrl: database.url, home });
    const api = await startApi({ DATABASE_URL: database.url, FOVEA_HOME: home });
    try {
      return await ask(api.url, filled);
    } finally {
      api.process.kill('SIGTERM');
    }
  } finally {
    await database.drop();
    await rm(home, { recursive: true, force: true });
    await stopServices();
  }
}

async function fill(url: string, runs: number): Promise<string[]> {
  const db = openDatabase(url);
  try {
    await fillRuns(db, await ensureLocalOwner(db), runs);
    const sample = await db.$queryRaw<
      { id: string }[]
    >`SELECT id FROM "Run" ORDER BY md5(id::text) LIMIT 500`;
    return sample.map(({ id }) => id);
  } finally {
    await db.$disconnect();
  }
}

async function startApi(
  environment: Record<string, string>,
): Promise<{ url: string; process: ChildProcess }> {
  const child = spawn(
    process.execPath,
    [fileURLToPath(new URL('../apps/api/src/main.ts', import.meta.url))],
    {
      env: {
        ...process.env,
        FOVEA_SECRET: 'only for measuring, only for measuring',
        FOVEA_LOOPBACK_RATE_LIMIT: '1000000000',
        FOVEA_LOG_LEVEL: 'info',
        PORT: '0',
        ...environment,
      },
      stdio: ['ignore', 'pipe', 'inherit'],
    },
  );
  for await (const line of createInterface({ input: child.stdout })) {
    const entry = JSON.parse(line) as { event?: string; url?: string };
    if (entry.event === 'listening') return { url: entry.url!, process: child };
  }
  throw new Error('The API ended before it listened');
}

export type Measurements = Record<string, Awaited<ReturnType<typeof measure>>>;

async function measureAll(url: string, ids: readonly string[]): Promise<Measurements> {
  const middle = await cursorInTheMiddle(url);
  const day = new Date(Date.now() - 86_400_000).toISOString();
  const cases: Record<string, readonly string[]> = {
    'list, first page': ['/runs?limit=50'],
    'list, page in the middle': [`/runs?limit=50&cursor=${middle}`],
    'list by run time': ['/runs?limit=50&sort=wallSeconds'],
    'filter by status': ['/runs?limit=50&status=failed'],
    'filter by status and model': ['/runs?limit=50&status=succeeded&model=model-3'],
    'filter by time': [`/runs?limit=50&createdAfter=${day}`],
    'search for a unit': ['/runs?limit=50&search=mixed4a:97'],
    'search for a title': ['/runs?limit=50&search=run%2012345'],
    'search without a match': ['/runs?limit=50&search=nothing-like-this'],
    get: ids.map((id) => `/runs/${id}`),
  };
  const rows: Measurements = {};
  for (const [name, paths] of Object.entries(cases)) rows[name] = await measure(url, paths);
  return rows;
}

async function cursorInTheMiddle(url: string): Promise<string> {
  const time = new Date(Date.now() - 50 * 3_600_000).toISOString();
  const response = await fetch(`${url}/runs?limit=1&createdBefore=${time}`);
  return ((await response.json()) as { nextCursor: string }).nextCursor;
}

/** autocannon's own percentiles leave out the 95th, so its single times are kept. */
export async function measure(url: string, paths: readonly string[], readers = connections) {
  const times: number[] = [];
  const result = await new Promise<autocannon.Result>((resolve, reject) => {
    const requests = paths.map((path) => ({ path }));
    const run = autocannon({ url, connections: readers, duration: seconds, requests }, (error, done) =>
      error ? reject(error as Error) : resolve(done),
    );
    run.on('response', (_client, _status, _bytes, milliseconds) => times.push(milliseconds));
  });
  if (result.non2xx + result.errors > 0)
    throw new Error(`${paths[0]} failed ${result.non2xx + result.errors} times`);
  const sorted = times.toSorted((a, b) => a - b);
  const percentile = (share: number) => Number((sorted[Math.floor(share * sorted.length)] ?? NaN).toFixed(1));
  return {
    'p50 ms': percentile(0.5),
    'p95 ms': percentile(0.95),
    'p99 ms': percentile(0.99),
    'requests/s': Math.round(result.requests.average),
  };
}

if (import.meta.main) await benchApi(console.log, Number(process.argv[2] ?? 100_000));
