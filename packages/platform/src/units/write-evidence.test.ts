import type { RunEvent, UnitPicture } from '@fovea/experiments';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { ensureLocalOwner, type Owner } from '../registry/owner.ts';
import { registerModel } from '../registry/models.ts';
import { claimRun, type Claim } from '../runs/claim.ts';
import { createRun } from '../runs/create.ts';
import { listEvents } from '../runs/event-log.ts';
import { recordEvents } from '../runs/record-events.ts';
import type { Platform } from '../platform.ts';
import { testManifest, testWeights } from '../testing/model.ts';
import { openTestPlatform } from '../testing/platform.ts';
import { registerWorker } from '../workers.ts';

let platform: Platform;
let owner: Owner;

beforeAll(async () => {
  platform = await openTestPlatform();
  owner = await ensureLocalOwner(platform.db);
  await platform.store.put(testWeights);
  await registerModel(platform, testManifest());
});
afterAll(() => platform.close());

async function claimNewRun(): Promise<Claim> {
  const { run } = await createRun(
    platform,
    { kind: 'feature-visualization', input: { model: 'tiny', objective: 'mixed1:0' }, force: true },
    { ...owner, codeVersion: 'test' },
  );
  const { id: workerId } = await registerWorker(platform.db, {
    name: 'test',
    hostname: 'test',
    pid: 1,
    backend: 'cpu',
    device: { name: 'test', memoryBytes: null },
    codeVersion: 'test',
    concurrency: 1,
  });
  const claimed = await claimRun(platform.db, { runId: run.id, workerId, leaseSeconds: 60, backend: 'cpu' });
  return claimed!.claim;
}

const sweep = { type: 'units', layer: 'mixed1', kind: 'activation-sweep', subject: 'photographs' } as const;

test('a later finding about the same unit, kind and subject replaces the earlier one and no other', async () => {
  const first = await claimNewRun();
  await recordEvents(platform, first, [
    {
      ...sweep,
      units: [
        { channel: 0, data: { top: [1] }, measures: { mean: 1, kurtosis: 3 } },
        { channel: 1, data: { top: [2] }, measures: { mean: 2 } },
      ],
    },
  ]);
  const second = await claimNewRun();
  await recordEvents(platform, second, [
    { ...sweep, units: [{ channel: 0, data: { top: [5] }, measures: { mean: 5 } }] },
    { ...sweep, subject: 'drawings', units: [{ channel: 0, measures: { mean: 7 } }] },
  ]);

  const evidence = await platform.db.unitEvidence.findMany({ orderBy: { channel: 'asc' } });
  expect(evidence.map(({ channel, data, runId }) => ({ channel, data, runId }))).toEqual([
    { channel: 0, data: { top: [5] }, runId: second.runId },
    { channel: 1, data: { top: [2] }, runId: first.runId },
  ]);
  const measures = await platform.db.unitMeasure.findMany({
    orderBy: [{ subject: 'asc' }, { channel: 'asc' }, { name: 'asc' }],
  });
  expect(measures.map(({ subject, channel, name, value }) => [subject, channel, name, value])).toEqual([
    ['drawings', 0, 'mean', 7],
    ['photographs', 0, 'kurtosis', 3],
    ['photographs', 0, 'mean', 5],
    ['photographs', 1, 'mean', 2],
  ]);
});

test('numbers that are not finite are left out, and the log says how many units there were', async () => {
  const claim = await claimNewRun();
  const units = [{ channel: 2, measures: { mean: Number.NaN, kurtosis: Number.POSITIVE_INFINITY } }];
  await recordEvents(platform, claim, [{ ...sweep, units }]);
  expect(await platform.db.unitMeasure.count({ where: { channel: 2 } })).toBe(0);
  const events = await listEvents(platform.db, claim.runId);
  expect(events.at(-1)).toMatchObject({
    type: 'units',
    data: { layer: 'mixed1', kind: 'activation-sweep', subject: 'photographs', units: 1 },
  });
});

test('a finding about a layer is one row, and one about a layer that the model lacks is refused whole', async () => {
  const claim = await claimNewRun();
  const atlas = { type: 'layer', layer: 'mixed1', kind: 'activation-atlas', subject: '' } as const;
  await recordEvents(platform, claim, [
    { ...atlas, data: { grid: 10 } },
    { ...atlas, data: { grid: 20 } },
  ]);
  expect(await platform.db.layerEvidence.findMany({ select: { data: true } })).toEqual([
    { data: { grid: 20 } },
  ]);
  const stranger: RunEvent = { ...sweep, layer: 'mixed9', units: [{ channel: 0, data: {} }] };
  const written = recordEvents(platform, claim, [{ ...atlas, data: { grid: 30 } }, stranger]);
  await expect(written).rejects.toThrow('UnitEvidence_modelId_layer_fkey');
  expect(await platform.db.layerEvidence.findFirst({ select: { data: true } })).toEqual({
    data: { grid: 20 },
  });
});

test('the picture of a unit names its artifact and thumbnail, and a new one replaces it', async () => {
  const picture: UnitPicture = {
    layer: 'mixed1',
    channel: 3,
    objective: 'neuron',
    sign: -1,
    variant: '',
    restart: 0,
    score: 4.5,
    thumbnail: '3-small.webp',
  };
  const file = (name: string) =>
    ({ type: 'artifact', name, mediaType: 'image/webp', bytes: Buffer.from(name), parameters: {} }) as const;
  for (const score of [4.5, 6]) {
    const claim = await claimNewRun();
    const events = [file('3-small.webp'), { ...file('3.webp'), picture: { ...picture, score } }];
    await recordEvents(platform, claim, events);
    const rows = await platform.db.unitPicture.findMany({ include: { artifact: true, thumbnail: true } });
    expect(rows).toHaveLength(1);
    expect(rows[0]).toMatchObject({
      runId: claim.runId,
      score,
      sign: -1,
      artifact: { name: '3.webp' },
      thumbnail: { name: '3-small.webp' },
    });
  }
});
