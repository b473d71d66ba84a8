import { generatedManifest } from '@fovea/data';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Run } from '../../../../prisma/generated/client.ts';
import type { Platform } from '../platform.ts';
import { openQueueWorker } from '../queue.ts';
import { registerDataset } from '../registry/datasets.ts';
import { registerModel } from '../registry/models.ts';
import { ensureLocalOwner, type Owner } from '../registry/owner.ts';
import { openTestPlatform, testManifest, testWeights } from '../testing/index.ts';
import { registerWorker } from '../workers.ts';
import { requestCancel } from './cancel.ts';
import { claimRun, type Claim } from './claim.ts';
import { createRun } from './create.ts';
import { requireRun } from './find.ts';
import { completeRun, failRun } from './finish.ts';
import { reconcileQueue } from './reconcile.ts';
import { retryRun } from './retry.ts';
import { settleFlows } from './settle-flows.ts';
import { requireShard } from './shards.ts';

describe.each(['redis', 'postgres'] as const)('a run in shards, on %s', (backend) => {
  let platform: Platform;
  let owner: Owner;
  let workerId: string;
  beforeAll(async () => {
    platform = await openTestPlatform({ FOVEA_QUEUE: backend });
    owner = await ensureLocalOwner(platform.db);
    await platform.store.put(testWeights);
    await registerModel(platform, testManifest());
    await registerDataset(platform, generatedManifest('procedural', {}));
    const worker = await registerWorker(platform.db, {
      name: 'one',
      hostname: 'here',
      pid: 1,
      backend: 'cpu',
      device: { name: 'cpu', memoryBytes: null },
      codeVersion: 'test',
      concurrency: 1,
    });
    workerId = worker.id;
  });
  afterAll(() => platform.close());

  let seed = 0;
  const submit = async (ofSeed = seed++, force = false): Promise<Run> => {
    const input = { model: 'tiny', layers: ['mixed1'], dataset: 'procedural', shards: 3 };
    const request = { kind: 'activation-sweep', input, seed: ofSeed, force };
    return (await createRun(platform, request, { ...owner, codeVersion: 'test' })).run;
  };
  const shardsOf = (flow: Run) =>
    platform.db.run.findMany({ where: { flowRunId: flow.id }, orderBy: { id: 'asc' } });
  const claim = async (runId: string): Promise<Claim | undefined> =>
    (await claimRun(platform.db, { runId, workerId, leaseSeconds: 30, backend: 'cpu' }))?.claim;
  const succeed = async (runId: string) => completeRun(platform, (await claim(runId))!, {});
  const fail = async (run: Run) => {
    const failure = { fault: 'model', code: 'NON_FINITE_ACTIVATION', message: 'It overflows.' } as const;
    await failRun(platform.db, (await claim(run.id))!, failure);
    await settleFlows(platform, run.flowRunId!);
  };
  const statuses = async (runs: readonly Run[]) =>
    (await Promise.all(runs.map(({ id }) => requireRun(platform.db, id)))).map(({ status }) => status);

  test('is a row for each shard, and starts when all have succeeded', async () => {
    const flow = await submit();
    const shards = await shardsOf(flow);
    expect(shards.map(({ input }) => (input as { shard: unknown }).shard)).toEqual(
      [0, 1, 2].map((index) => ({ index, count: 3 })),
    );
    for (const shard of shards) {
      expect(await claim(flow.id)).toBeUndefined();
      await succeed(shard.id);
    }
    expect((await requireShard(platform.db, flow, 1)).id).toBe(shards[1]!.id);
    await succeed(flow.id);
    expect(await statuses([flow])).toEqual(['succeeded']);
  });

  test('is delivered after its shards', async () => {
    const flow = await submit();
    const shards = await shardsOf(flow);
    const delivered: string[] = [];
    const done: string[] = [];
    const worker = openQueueWorker(
      platform.config.queue,
      async (job) => {
        const { runId } = job.data;
        delivered.push(runId);
        const held = await claim(runId);
        await sleep(30);
        if (held) await completeRun(platform, held, {});
        if (held) done.push(runId);
      },
      { concurrency: 2 },
    );
    worker.on('error', () => undefined);
    try {
      await expect.poll(() => done.includes(flow.id), { timeout: 20_000 }).toBe(true);
    } finally {
      await worker.close();
    }
    const own = delivered.filter((id) => [flow, ...shards].some((run) => run.id === id));
    expect(own.at(-1)).toBe(flow.id);
    expect(own).toHaveLength(4);
  });

  test('is offered by the reconciler as soon as its shards are done, and not before', async () => {
    const flow = await submit();
    const shards = await shardsOf(flow);
    await platform.queue.bull.obliterate({ force: true });
    await reconcileQueue(platform, { settleSeconds: 0 });
    const offered = async () => {
      const jobs = await platform.queue.bull.getJobs(['prioritized', 'waiting']);
      return jobs.map(({ data }) => data.runId);
    };
    expect(await offered()).toEqual(expect.arrayContaining(shards.map(({ id }) => id)));
    expect(await offered()).not.toContain(flow.id);
    for (const { id } of shards) await succeed(id);
    await reconcileQueue(platform, { settleSeconds: 0 });
    expect(await offered()).toContain(flow.id);
  });

  test('fails with a shard, says why, and stops the others', async () => {
    const flow = await submit();
    const [done, broken, other] = await shardsOf(flow);
    await succeed(done!.id);
    await fail(broken!);
    const { status, error } = await requireRun(platform.db, flow.id);
    expect(status).toBe('failed');
    expect(error).toEqual({
      fault: 'model',
      code: 'SHARD_LOST',
      message: `The shard ${broken!.id} failed. It overflows.`,
      details: { shard: broken!.id },
    });
    expect(await statuses([done!, broken!, other!])).toEqual(['succeeded', 'failed', 'cancelled']);
  });

  test('when cancelled takes its shards along, and when retried brings back those that are missing', async () => {
    const flow = await submit();
    const shards = await shardsOf(flow);
    await succeed(shards[0]!.id);
    await requestCancel(platform, flow.id);
    expect(await statuses([flow, ...shards])).toEqual(['cancelled', 'succeeded', 'cancelled', 'cancelled']);
    await retryRun(platform, flow.id);
    expect(await statuses([flow, ...shards])).toEqual(['queued', 'succeeded', 'queued', 'queued']);
  });

  test('fails with a shard that is cancelled, and comes back with it', async () => {
    const flow = await submit();
    const shards = await shardsOf(flow);
    await requestCancel(platform, shards[1]!.id);
    expect(await statuses([flow, ...shards])).toEqual(['failed', 'cancelled', 'cancelled', 'cancelled']);
    expect((await retryRun(platform, shards[2]!.id)).id).toBe(shards[2]!.id);
    expect(await statuses([flow, ...shards])).toEqual(['queued', 'queued', 'queued', 'queued']);
  });

  test('uses the shards that an earlier one has finished, unless it is to be computed anew', async () => {
    const first = await submit();
    const [done] = await shardsOf(first);
    await succeed(done!.id);
    await requestCancel(platform, first.id);
    const second = await submit(first.seed);
    expect(second.id).not.toBe(first.id);
    expect((await shardsOf(second)).map(({ id }) => id)).toContain(done!.id);
    const third = await submit(first.seed, true);
    expect((await shardsOf(third)).map(({ id }) => id)).not.toContain(done!.id);
    expect(await shardsOf(third)).toHaveLength(3);
    expect(await shardsOf(second)).toHaveLength(3);
  });
});
