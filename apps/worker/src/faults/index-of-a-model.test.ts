import { indexSettingsSchema, type UnitPicturesInput } from '@fovea/experiments/schema';
import {
  createIndex,
  ensureLocalOwner,
  findLayer,
  indexProgress,
  openIndex,
  pauseIndex,
  raiseInterest,
  requireIndex,
  resumeIndex,
  type Owner,
} from '@fovea/platform';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openFleet, type Fleet, type WorkerProcess } from '../testing/fleet.ts';

const codeVersion = 'test';

describe('an index on real workers', { timeout: 900_000 }, () => {
  let fleet: Fleet;
  let owner: Owner;
  let worker: WorkerProcess;
  beforeAll(async () => {
    fleet = await openFleet();
    owner = await ensureLocalOwner(fleet.platform.db);
    worker = fleet.startWorker();
  });
  afterAll(() => fleet.close());

  const begin = async (given: object) =>
    createIndex(
      fleet.platform,
      {
        model: 'fovea_mini',
        settings: indexSettingsSchema.parse({
          parts: ['pictures'],
          objectives: ['channel'],
          signs: [1],
          restarts: 2,
          size: 24,
          steps: 6,
          ...given,
        }),
      },
      { ...owner, codeVersion },
    );

  const progressOf = async (id: string) => {
    const { db } = fleet.platform;
    return indexProgress(db, await openIndex(db, await requireIndex(db, id)));
  };

  async function until(what: string, holds: () => Promise<boolean>, seconds = 600): Promise<void> {
    const deadline = Date.now() + seconds * 1000;
    while (!(await holds())) {
      if (Date.now() > deadline) throw new Error(`Not within ${seconds} s: ${what}`);
      await sleep(100);
    }
  }

  const isFinished = async (id: string) => (await requireIndex(fleet.platform.db, id)).status === 'finished';

  /** Unit and kind of picture → key of its bytes. */
  async function pictures(layer: string): Promise<Map<string, string>> {
    const rows = await fleet.platform.db.unitPicture.findMany({
      where: { layer },
      include: { artifact: true },
    });
    return new Map(
      rows.map(({ channel, objective, sign, restart, artifact }) => [
        [channel, objective, sign, restart].join(' '),
        artifact.key,
      ]),
    );
  }

  it('makes every picture once, though it is paused and its worker is killed, with the same bytes', async () => {
    const undisturbed = await begin({ layers: ['conv2d1'] });
    await until('the first index is finished', () => isFinished(undisturbed.id));
    const expected = await pictures('conv2d1');
    expect(expected.size).toBe(24 * 2);
    await fleet.platform.db.unitPicture.deleteMany();

    const { id } = await begin({ layers: ['conv2d1'] });
    await until('some pictures are there', async () => (await pictures('conv2d1')).size > 10);
    await pauseIndex(fleet.platform, id);
    await until('its runs have stopped', async () => (await progressOf(id)).runs.running === 0);
    const atPause = (await pictures('conv2d1')).size;
    await sleep(1000);
    expect((await pictures('conv2d1')).size).toBe(atPause);
    expect(atPause).toBeLessThan(expected.size);

    await resumeIndex(fleet.platform, id);
    await until('more pictures are there', async () => (await pictures('conv2d1')).size > atPause);
    await worker.kill();
    worker = fleet.startWorker();
    await until('the second index is finished', () => isFinished(id));
    expect(await pictures('conv2d1')).toEqual(expected);
    expect(await progressOf(id)).toMatchObject({ share: 1, pictures: { done: 48, total: 48 } });
  });

  it('makes the pictures of a unit that someone opens before those that waited longer', async () => {
    const { db } = fleet.platform;
    const { id } = await begin({ layers: ['mixed3a'], restarts: 4 });
    await until('it has begun', async () => (await progressOf(id)).runs.running > 0);
    const opened = await findLayer(db, 'fovea_mini', 'mixed3a');
    expect(await raiseInterest(fleet.platform, owner, opened, 79)).toBe('raised');
    const waiting = await db.run.findMany({ where: { indexId: id, status: 'queued', priority: { lt: 0 } } });
    expect(waiting.length).toBeGreaterThan(2);
    const others = waiting.flatMap(({ input }) => (input as UnitPicturesInput).channels);
    expect(others).not.toContain(79);

    await until('it is finished', () => isFinished(id));
    expect((await pictures('mixed3a')).size).toBe(80 * 4);
    const raised = await db.run.findFirstOrThrow({ where: { indexId: id, priority: { gt: 0 } } });
    const started = await Promise.all(
      waiting.map(async ({ id: runId }) => (await fleet.find(runId)).startedAt!),
    );
    // One may have been on its way to the other place of the worker at that moment.
    expect(started.filter((time) => time < raised.startedAt!).length).toBeLessThanOrEqual(1);
  });
});
