import { execFileSync } from 'node:child_process';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { isOver, isUnderWay, openFleet, type Fleet, type WorkerProcess } from '../testing/fleet.ts';

describe('kill -9', { timeout: 300_000 }, () => {
  let fleet: Fleet;
  let first: WorkerProcess;
  let undisturbed: Record<string, string>;
  beforeAll(async () => {
    fleet = await openFleet();
    first = fleet.startWorker();
    const { id } = await fleet.submit();
    await fleet.until(id, ({ status }) => status === 'succeeded');
    undisturbed = await fleet.artifacts(id);
  });
  afterAll(() => fleet.close());

  it('of the process of a run: it resumes from its checkpoint and ends with the same bytes', async () => {
    const { id } = await fleet.submit({ force: true });
    await fleet.until(id, isUnderWay);
    process.kill(childOf(first.pid), 'SIGKILL');
    expect(await fleet.until(id, isOver)).toMatchObject({ status: 'succeeded', attempt: 2 });
    expect(await fleet.artifacts(id)).toEqual(undisturbed);
    expect(await resumedFrom(fleet, id)).toBeGreaterThan(0);
  });

  it('of the worker: another worker finishes its run from the checkpoint with the same bytes', async () => {
    const { id } = await fleet.submit({ force: true });
    await fleet.until(id, isUnderWay);
    const child = childOf(first.pid);
    await first.kill();
    const second = fleet.startWorker();
    const run = await fleet.until(id, isOver);
    expect(run).toMatchObject({ status: 'succeeded', attempt: 2 });
    const worker = await fleet.platform.db.worker.findUniqueOrThrow({ where: { id: run.workerId! } });
    expect(worker.pid).toBe(second.pid);
    expect(await fleet.artifacts(id)).toEqual(undisturbed);
    expect(await resumedFrom(fleet, id)).toBeGreaterThan(0);
    expect(() => process.kill(child, 0), 'the orphan ended with its worker').toThrow('ESRCH');
  });

  it('of every attempt: the run fails and says that the platform is at fault', async () => {
    const { id } = await fleet.submit({ input: { steps: 10_000 } });
    for (const attempt of [1, 2, 3]) {
      await fleet.until(id, (run) => run.status === 'running' && run.attempt === attempt && run.step > 0);
      const { pid } = await owner(fleet, id);
      process.kill(childOf(pid), 'SIGKILL');
      await fleet.until(id, (run) => run.attempt > attempt || isOver(run));
    }
    const run = await fleet.until(id, isOver);
    expect(run).toMatchObject({ status: 'failed', error: { fault: 'platform', code: 'PROCESS_DIED' } });
  });
});

/** The one process that a worker has executing a run. */
function childOf(pid: number): number {
  const children = execFileSync('ps', ['-o', 'pid=', '--ppid', String(pid)], { encoding: 'utf8' });
  return Number(children.trim().split('\n')[0]);
}

async function owner(fleet: Fleet, id: string) {
  const { workerId } = await fleet.find(id);
  return fleet.platform.db.worker.findUniqueOrThrow({ where: { id: workerId! } });
}

/** First step that was reported after the run had started for a second time. */
async function resumedFrom({ platform }: Fleet, runId: string): Promise<number> {
  const events = await platform.db.runEvent.findMany({ where: { runId }, orderBy: { sequence: 'asc' } });
  const again = events.findLastIndex(
    ({ type, data }) => type === 'status' && (data as { status: string }).status === 'running',
  );
  const progress = events.slice(again).find(({ type }) => type === 'progress');
  return (progress!.data as { step: number }).step;
}
