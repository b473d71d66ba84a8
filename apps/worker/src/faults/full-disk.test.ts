import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { retryRun } from '@fovea/platform';
import { afterEach, describe, expect, it } from 'vitest';
import { isOver, isUnderWay, openFleet, type Fleet } from '../testing/fleet.ts';

describe('a disk that is full', { timeout: 300_000 }, () => {
  let fleet: Fleet | undefined;
  let disk: string | undefined;
  afterEach(async () => {
    await fleet?.close();
    if (disk) execFileSync('umount', [disk]);
    if (disk) await rm(disk, { recursive: true });
  });

  it('fails the run cleanly, and a retry succeeds once there is room', async ({ skip }) => {
    const folder = await mkdtemp(path.join(tmpdir(), 'fovea-disk-'));
    const mounted = spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=32m', 'tmpfs', folder]);
    if (mounted.status !== 0) {
      await rm(folder, { recursive: true });
      skip('only root can mount the small disk that this test fills');
    }
    disk = folder;
    const home = path.join(disk, 'home');
    const ballast = path.join(disk, 'ballast');
    fleet = await openFleet({ FOVEA_HOME: home });
    fleet.startWorker();

    const { id } = await fleet.submit({ input: { steps: 600 } });
    await fleet.until(id, isUnderWay);
    spawnSync('dd', ['if=/dev/zero', `of=${ballast}`, 'bs=4k']);
    expect(await fleet.until(id, isOver)).toMatchObject({
      status: 'failed',
      error: { fault: 'platform', code: 'STORAGE_FULL' },
    });

    // What the rows refer to is there in full, and nothing half-written is left beside it.
    const { store, db } = fleet.platform;
    for (const { key, bytes } of await db.checkpoint.findMany({ where: { runId: id } }))
      expect(await store.head(key)).toEqual({ key, bytes });
    const files = execFileSync('find', [path.join(home, 'objects'), '-type', 'f'], { encoding: 'utf8' });
    for (const file of files.trim().split('\n')) expect(path.basename(file)).toMatch(/^[0-9a-f]{64}$/);

    await rm(ballast);
    await retryRun(fleet.platform, id);
    expect((await fleet.until(id, isOver)).status).toBe('succeeded');
  });
});
