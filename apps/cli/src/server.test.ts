import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createTestDatabase, type TestDatabase } from '@fovea/platform/testing';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { dismissGuardian } from '../../../scripts/services/child.ts';
import { startSystem, type System } from '../../../scripts/system/system.ts';
import type { Summary } from './summary.ts';
import { callFovea, lastJson, startFovea } from './testing/call-fovea.ts';

const visualize = [
  'run',
  'feature-visualization',
  '--model',
  'fovea_mini',
  '--param',
  'width=32',
  '--param',
  'height=32',
];
let home: string;
let database: TestDatabase;
let system: System;
let unit: string;

beforeAll(async () => {
  home = await mkdtemp(join(tmpdir(), 'fovea-cli-'));
  database = await createTestDatabase();
  // Every test file has a process of its own, so nobody else sees this.
  process.env.DATABASE_URL = database.url;
  system = await startSystem({ home, dashboard: false, say: (line) => console.error(line) });
  const { stdout } = await fovea('model', 'show', 'fovea_mini', '--json');
  const { hookPoints } = lastJson(stdout) as { hookPoints: { name: string; kind: string }[] };
  unit = `${hookPoints.find(({ kind }) => kind === 'relu')!.name}:0`;
}, 300_000);

afterAll(async () => {
  await system?.stop();
  await dismissGuardian();
  await database?.drop();
  await rm(home, { recursive: true, force: true });
});

function fovea(...args: string[]) {
  return callFovea(args, { FOVEA_HOME: home, FOVEA_API: system.api });
}

describe('a run on the server', () => {
  test('is followed to its end, listed, and saved on request', async () => {
    const args = [
      '--param',
      'steps=4',
      '--param',
      `objective=${unit}`,
      '--seed',
      '1',
      '--title',
      'from the terminal',
    ];
    const ended = await fovea(...visualize, ...args, '--json', '--out', join(home, 'saved'));
    expect(ended).toMatchObject({ code: 0 });
    const summary = lastJson(ended.stdout) as Summary;
    expect(summary).toMatchObject({ status: 'succeeded' });
    expect(summary.artifacts.map(({ path }) => path)).toContain(join(home, 'saved', 'image.png'));

    const { stdout } = await fovea(
      'runs',
      '--search',
      'from the terminal',
      '--status',
      'succeeded',
      '--json',
    );
    const { items } = lastJson(stdout) as { items: { id: string }[] };
    expect(items.map(({ id }) => id)).toEqual([summary.run]);
    expect((await fovea('watch', summary.run!, '--json')).code).toBe(0);
  });

  test('goes on when its watcher leaves, and ends with 130 when it is cancelled', async () => {
    const args = [...visualize, '--param', 'steps=10000', '--param', `objective=${unit}`, '--json'];
    const run = startFovea(args, { FOVEA_HOME: home, FOVEA_API: system.api });
    await expect.poll(() => run.output(), { timeout: 60_000 }).toContain('"progress"');
    run.stop('SIGINT');
    const { code, stdout } = await run.ended;
    expect(code).toBe(130);
    const id = /fovea watch ([0-9a-f-]+)/.exec(stdout)![1]!;

    const watcher = startFovea(['watch', id, '--json'], { FOVEA_HOME: home, FOVEA_API: system.api });
    await expect.poll(() => watcher.output(), { timeout: 60_000 }).toContain('"progress"');
    expect((await fovea('cancel', id)).code).toBe(0);
    const ended = await watcher.ended;
    expect(ended.code).toBe(130);
    expect(lastJson(ended.stdout)).toMatchObject({ status: 'cancelled' });
  });

  test('is refused for an unknown layer, with the nearest names', async () => {
    const { code, stderr } = await fovea(...visualize, '--param', 'objective=nowhere:1');
    expect(code).toBe(2);
    expect(stderr).toContain('nowhere');
  });

  test('that does not exist cannot be watched or cancelled', async () => {
    const id = '01900000-0000-7000-8000-000000000000';
    expect(await fovea('watch', id)).toMatchObject({ code: 2, stderr: expect.stringContaining(id) });
    expect(await fovea('cancel', id)).toMatchObject({ code: 2, stderr: expect.stringContaining(id) });
  });
});
