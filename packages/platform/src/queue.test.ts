import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Platform } from './platform.ts';
import { openQueue, openQueueWorker, queueDepth } from './queue.ts';
import { ensureLocalOwner, type Owner } from './registry/owner.ts';
import { registerModel } from './registry/models.ts';
import { requestCancel } from './runs/cancel.ts';
import { createRun } from './runs/create.ts';
import { reconcileQueue } from './runs/reconcile.ts';
import { openTestPlatform, testManifest, testWeights } from './testing/index.ts';

describe.each(['redis', 'postgres'] as const)('the queue on %s', (backend) => {
  let platform: Platform;
  let owner: Owner;

  beforeAll(async () => {
    platform = await openTestPlatform({ FOVEA_QUEUE: backend });
    owner = await ensureLocalOwner(platform.db);
    await platform.store.put(testWeights);
    await registerModel(platform, testManifest());
  });
  afterAll(() => platform.close());

  let seed = 0;
  const newRun = async (priority = 0) => {
    const input = { model: 'tiny', objective: 'mixed1:3', steps: 64 };
    const request = { kind: 'feature-visualization', input, seed: seed++, priority };
    return (await createRun(platform, request, { ...owner, codeVersion: 'test' })).run;
  };

  /** Delivers until nothing comes for a while. */
  const deliveries = async (expected: number): Promise<string[]> => {
    const delivered: string[] = [];
    const worker = openQueueWorker(
      platform.config.queue,
      async (job) => {
        delivered.push(job.data.runId);
        await platform.db.run.update({ where: { id: job.data.runId }, data: { status: 'cancelled' } });
      },
      { concurrency: 1 },
    );
    worker.on('error', () => undefined);
    try {
      await expect.poll(() => delivered.length, { timeout: 10_000 }).toBeGreaterThanOrEqual(expected);
      await sleep(300);
    } finally {
      await worker.close();
    }
    return delivered;
  };

  test('delivers each run once, the urgent first and the older before the newer', async () => {
    const runs = [await newRun(), await newRun(-5), await newRun(7), await newRun()];
    const [first, low, urgent, second] = runs.map(({ id }) => id);
    expect(await deliveries(4)).toEqual([urgent, first, second, low]);
  });

  test('a run that is offered again is still delivered once', async () => {
    const run = await newRun();
    expect(await reconcileQueue(platform, { settleSeconds: 0 })).toBe(1);
    await reconcileQueue(platform, { settleSeconds: 0 });
    expect(await deliveries(1)).toEqual([run.id]);
  });

  test('runs whose jobs were lost are offered again', async () => {
    const runs = [await newRun(), await newRun()];
    await platform.queue.bull.obliterate({ force: true });
    expect(await reconcileQueue(platform, { settleSeconds: 0 })).toBe(2);
    expect(await deliveries(2)).toEqual(runs.map(({ id }) => id));
  });

  test('a run that entered the queue this moment is left to its own job', async () => {
    const run = await newRun();
    expect(await reconcileQueue(platform)).toBe(0);
    expect(await deliveries(1)).toEqual([run.id]);
  });

  test('a cancelled run is not delivered', async () => {
    const [cancelled, other] = [await newRun(), await newRun()];
    await requestCancel(platform, cancelled.id);
    expect(await deliveries(1)).toEqual([other.id]);
  });
});

test('a run is stored although the queue cannot be reached, delivered later, and cancelled all the same', async () => {
  const platform = await openTestPlatform();
  const away = openQueue({ backend: 'redis', url: 'redis://127.0.0.1:1', prefix: 'away' }, platform.log);
  try {
    const owner = await ensureLocalOwner(platform.db);
    await platform.store.put(testWeights);
    await registerModel(platform, testManifest());
    const input = { model: 'tiny', objective: 'mixed1:3', steps: 64 };
    const request = { kind: 'feature-visualization', input };
    const context = { ...owner, codeVersion: 'test' };
    const { run } = await createRun({ db: platform.db, queue: away }, request, context);
    expect(run.status).toBe('queued');
    await expect(queueDepth(away)).rejects.toMatchObject({ code: 'QUEUE_UNAVAILABLE' });
    expect(await platform.queue.bull.count()).toBe(0);
    await reconcileQueue(platform, { settleSeconds: 0 });
    expect(await queueDepth(platform.queue)).toBe(1);
    expect(await requestCancel({ db: platform.db, queue: away }, run.id)).toMatchObject({
      status: 'cancelled',
    });
  } finally {
    await away.close();
    await platform.close();
  }
});
