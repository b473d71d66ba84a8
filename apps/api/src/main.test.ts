import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { createTestDatabase, type TestDatabase } from '@fovea/platform/testing';
import { createClient, unwrap } from '@fovea/client';
import { afterAll, beforeAll, expect, test } from 'vitest';

let database: TestDatabase;
let home: string;
let child: ChildProcess;

beforeAll(async () => {
  database = await createTestDatabase();
  home = await mkdtemp(join(tmpdir(), 'fovea-api-'));
  child = spawn(process.execPath, [fileURLToPath(new URL('main.ts', import.meta.url))], {
    env: {
      ...process.env,
      DATABASE_URL: database.url,
      FOVEA_HOME: home,
      FOVEA_SECRET: 'only for tests, only for tests, only for tests',
      PORT: '0',
    },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
});
afterAll(async () => {
  child.kill('SIGKILL');
  await database.drop();
  await rm(home, { recursive: true, force: true });
});

async function listening(): Promise<string> {
  for await (const line of createInterface({ input: child.stdout! })) {
    const entry = JSON.parse(line);
    if (entry.event === 'listening') return entry.url;
  }
  throw new Error('The API ended before it listened');
}

test('the process says where it listens, seeds its registry, and ends streams and itself when asked to', async () => {
  const url = await listening();
  const client = createClient(url);
  expect(unwrap(await client.GET('/readiness')).status).toBe('ready');
  const datasets = unwrap(await client.GET('/datasets')).items.map(({ name }) => name);
  expect(datasets).toEqual(expect.arrayContaining(['procedural', 'rounded-corner']));

  const missing = await client.GET('/runs/{id}', {
    params: { path: { id: '01890000-0000-7000-8000-000000000000' } },
  });
  expect(missing.error?.code).toBe('RUN_NOT_FOUND');

  const exited = once(child, 'exit');
  child.kill('SIGTERM');
  expect(await exited).toEqual([0, null]);
});
