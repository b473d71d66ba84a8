import { execFileSync } from 'node:child_process';
import { setTimeout as sleep } from 'node:timers/promises';
import { createRun, ensureLocalOwner } from '@fovea/platform';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { isOver, openFleet, type Fleet, type WorkerProcess } from '../testing/fleet.ts';

const layers = ['mixed3a', 'mixed4b', 'logits'];
const images = 96;

/** Seconds that a sweep may take where many processes share few cores. */
const patience = 500;

describe('a sweep in shards', { timeout: 600_000 }, () => {
  let fleet: Fleet;
  let workers: WorkerProcess[];
  let whole: Outcome;
  beforeAll(async () => {
    fleet = await openFleet();
    workers = [fleet.startWorker()];
    const { id } = await submit(fleet, 1);
    await fleet.until(id, ({ status }) => status === 'succeeded', patience);
    whole = await outcomeOf(fleet, id);
    for (let more = 0; more < 3; more++) workers.push(fleet.startWorker());
  }, 600_000);
  afterAll(() => fleet.close());

  it('on four worker processes gives the bytes of one process', async () => {
    const { id } = await submit(fleet, 4);
    expect(await fleet.until(id, isOver, patience)).toMatchObject({ status: 'succeeded', error: null });
    expect(await outcomeOf(fleet, id)).toEqual(whole);
    expect(new Set(await workersOf(fleet, id)).size).toBeGreaterThan(1);
  });

  it('gives them although three processes are killed on the way, at random', async () => {
    const { id } = await submit(fleet, 4);
    for (let kill = 0; kill < 3; kill++) {
      await fleet.until(id, async (run) => isOver(run) || (await isAnyRunning(fleet, id)), patience);
      await sleep(100 + 900 * Math.random());
      const victim = Math.floor(Math.random() * workers.length);
      const worker = workers[victim]!;
      const child = childrenOf(worker.pid)[0];
      if (child !== undefined && Math.random() < 0.5) {
        process.kill(child, 'SIGKILL');
      } else {
        await worker.kill();
        workers[victim] = fleet.startWorker();
      }
    }
    expect(await fleet.until(id, isOver, patience)).toMatchObject({ status: 'succeeded', error: null });
    expect(await outcomeOf(fleet, id)).toEqual(whole);
  });
});

async function submit({ platform }: Fleet, shards: number) {
  const owner = await ensureLocalOwner(platform.db);
  const input = {
    model: 'fovea_mini',
    dataset: 'procedural',
    layers,
    limit: images,
    batch: 4,
    sample: 40,
    checkpointInterval: 8,
    shards,
  };
  const request = { kind: 'activation-sweep', input, seed: 3, force: true };
  return (await createRun(platform, request, { ...owner, codeVersion: 'test' })).run;
}

type Outcome = Awaited<ReturnType<typeof outcomeOf>>;

/** All that readers see of a run: its result, its artifacts by their digests, and what it told of units and layers. */
async function outcomeOf(fleet: Fleet, runId: string) {
  const { db } = fleet.platform;
  const { result } = await db.run.findUniqueOrThrow({ where: { id: runId } });
  const where = { runId };
  const units = await db.unitEvidence.findMany({ where, orderBy: [{ layer: 'asc' }, { channel: 'asc' }] });
  const measures = await db.unitMeasure.findMany({
    where,
    orderBy: [{ layer: 'asc' }, { channel: 'asc' }, { name: 'asc' }],
  });
  const ofLayers = await db.layerEvidence.findMany({ where, orderBy: { layer: 'asc' } });
  return {
    result,
    artifacts: await fleet.artifacts(runId),
    units: units.map(({ layer, channel, data }) => ({ layer, channel, data })),
    measures: measures.map(({ layer, channel, name, value }) => [layer, channel, name, value].join(' ')),
    layers: ofLayers.map(({ layer, data }) => ({ layer, data })),
  };
}

const shardsOf = ({ platform: { db } }: Fleet, flowRunId: string) =>
  db.run.findMany({ where: { flowRunId } });

const workersOf = async (fleet: Fleet, id: string) =>
  (await shardsOf(fleet, id)).map(({ workerId }) => workerId);

const isAnyRunning = async (fleet: Fleet, id: string) =>
  (await shardsOf(fleet, id)).some(({ status, step }) => status === 'running' && step > 0);

function childrenOf(pid: number): number[] {
  try {
    const listed = execFileSync('ps', ['-o', 'pid=', '--ppid', String(pid)], { encoding: 'utf8' });
    return listed.trim().split('\n').map(Number);
  } catch {
    return [];
  }
}
