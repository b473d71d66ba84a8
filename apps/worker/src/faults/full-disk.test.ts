import { execFileSync } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { retryRun } from '@fovea/platform';
import { afterEach, describe, expect, it } from 'vitest';
import { isOver, openFleet, type Fleet } from '../testing/fleet.ts';

describe('a disk that is full', { timeout: 300_000 }, () => {
  let fleet: Fleet | undefined;
  let home: string | undefined;
  afterEach(async () => {
    await fleet?.close();
    if (home) execFileSync('umount', [home]);
    if (home) await rm(home, { recursive: true });
  });

  it('fails the run cleanly, and a retry succeeds once there is room', async ({ skip }) => {
    const folder = await mkdtemp(path.join(tmpdir(), 'fovea-disk-'));
    try {
      execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=8m', 'tmpfs', folder], { stdio: 'ignore' });
    } catch {
      await rm(folder, { recursive: true });
      skip('only root can mount the small disk that this test fills');
    }
    home = folder;
    fleet = await openFleet({ FOVEA_HOME: home });
    fleet.startWorker();
    const { id } = await fleet.submit({ input: { steps: 40, width: 512, height: 512 } });
    const run = await fleet.until(id, isOver, 120);
    expect(run).toMatchObject({ status: 'failed', error: { fault: 'platform', code: 'STORAGE_FULL' } });

    // What the rows refer to is there in full, and nothing half-written is left beside it.
    const { store, db } = fleet.platform;
    for (const { key, bytes } of await db.artifact.findMany({ where: { runId: id } }))
      expect(await store.head(key)).toEqual({ key, bytes });
    const files = execFileSync('find', [path.join(home, 'objects'), '-type', 'f'], { encoding: 'utf8' });
    for (const file of files.trim().split('\n').filter(Boolean))
      expect(path.basename(file)).toMatch(/^[0-9a-f]{64}$/);

    execFileSync('mount', ['-o', 'remount,size=400m', home]);
    await retryRun(fleet.platform, id);
    expect((await fleet.until(id, isOver, 120)).status).toBe('succeeded');
  });
});
