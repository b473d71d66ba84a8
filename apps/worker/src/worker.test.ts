import type { BackendName } from '@fovea/tensor';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { requestCancel } from '@fovea/platform';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { placesOf } from './job-shape.ts';
import { isOver, isUnderWay, openFleet, type Fleet, type WorkerProcess } from './testing/fleet.ts';

describe('a worker', { timeout: 300_000 }, () => {
  let fleet: Fleet;
  let worker: WorkerProcess;
  beforeAll(async () => {
    fleet = await openFleet();
    worker = fleet.startWorker();
  });
  afterAll(() => fleet.close());

  it('registers its device and executes a run to a stored result', async () => {
    const { id } = await fleet.submit({ input: { steps: 60 } });
    const run = await fleet.until(id, isOver);
    expect(run).toMatchObject({ status: 'succeeded', error: null, step: 60, total: 60, attempt: 1 });
    expect(Object.keys(await fleet.artifacts(id))).toContain('image.png');

    const [registered] = await fleet.platform.db.worker.findMany();
    expect(registered).toMatchObject({
      pid: worker.pid,
      status: 'online',
      backend: run.backend === 'onnxruntime' ? 'wasm' : run.backend,
      concurrency: placesOf({ name: registered!.backend as BackendName }),
    });
    expect(run.backend).toBe((run.result as { engine: { backend: string } }).engine.backend);
    expect(registered!.device).toMatchObject({ name: expect.any(String) });
  });

  it('gives the same bytes for the same input and seed, and others for another seed', async () => {
    const request = { input: { steps: 40 }, seed: 7, force: true };
    const [first, second, other] = [
      await fleet.submit(request),
      await fleet.submit(request),
      await fleet.submit({ ...request, seed: 8 }),
    ];
    for (const { id } of [first, second, other]) await fleet.until(id, isOver);
    expect(first.id).not.toBe(second.id);
    expect(await fleet.artifacts(first.id)).toEqual(await fleet.artifacts(second.id));
    expect((await fleet.artifacts(other.id))['image.png']).not.toBe(
      (await fleet.artifacts(first.id))['image.png'],
    );
  });

  it('measures once how runs of a shape share the cores, and writes it down', async ({ skip }) => {
    skip(placesOf({ name: 'wasm' }) === 1, 'this machine has room for one run only');
    const request = { input: { steps: 30, width: 40 }, force: true };
    const runs = [await fleet.submit(request), await fleet.submit(request), await fleet.submit(request)];
    for (const { id } of runs) expect(await fleet.until(id, isOver)).toMatchObject({ status: 'succeeded' });
    const written = await readFile(join(fleet.platform.config.home, 'core-sharing.json'), 'utf8');
    const { shapes } = JSON.parse(written) as { shapes: Record<string, string> };
    const measured = Object.entries(shapes).filter(([shape]) => shape.endsWith(` ${40 * 32}`));
    expect(measured).toEqual([[expect.any(String), expect.stringMatching(/^(spread|joined)$/)]]);
  });

  it('stops a running run within two seconds of the request', async () => {
    const { id } = await fleet.submit({ input: { steps: 10_000 } });
    await fleet.until(id, isUnderWay);
    await requestCancel(fleet.platform, id);
    const run = await fleet.until(id, isOver, 2);
    expect(run.status).toBe('cancelled');
  });

  it('fails a run whose loss stops being a number, saying at which step and why', async () => {
    const { id } = await fleet.submit({
      input: {
        steps: 200,
        optimizer: 'gradientDescent',
        learningRate: 100,
        objective: 'conv2d0.pre_relu:0 * 1e38',
      },
    });
    const run = await fleet.until(id, isOver);
    expect(run.status).toBe('failed');
    expect(run.error).toMatchObject({ fault: expect.stringMatching(/input|model/), code: 'LOSS_NOT_FINITE' });
    expect((run.error as { message: string }).message).toMatch(/step \d+/);
  });
});

describe('a worker that is asked to stop', { timeout: 300_000 }, () => {
  let fleet: Fleet;
  beforeAll(async () => {
    fleet = await openFleet();
  });
  afterAll(() => fleet.close());

  it('gives its run back unharmed, and another finishes it with the undisturbed result', async () => {
    const first = fleet.startWorker();
    const undisturbed = await fleet.submit();
    await fleet.until(undisturbed.id, isOver);

    const { id } = await fleet.submit({ force: true });
    await fleet.until(id, isUnderWay);
    await first.stop();
    const returned = await fleet.find(id);
    expect(returned).toMatchObject({ status: 'queued', attempt: 1, workerId: null });

    fleet.startWorker();
    expect(await fleet.until(id, isOver)).toMatchObject({ status: 'succeeded', attempt: 1 });
    expect(await fleet.artifacts(id)).toEqual(await fleet.artifacts(undisturbed.id));
  });
});

describe('a worker of another code version', { timeout: 300_000 }, () => {
  let fleet: Fleet;
  beforeAll(async () => {
    fleet = await openFleet();
    fleet.startWorker('newer');
  });
  afterAll(() => fleet.close());

  it('says in the log that the result is not of the code that queued the run', async () => {
    const { id } = await fleet.submit({ input: { steps: 4 } });
    expect((await fleet.until(id, isOver)).status).toBe('succeeded');
    const logs = await fleet.platform.db.runEvent.findMany({ where: { runId: id, type: 'log' } });
    expect(logs.map(({ data }) => data)).toContainEqual({
      level: 'warning',
      message: expect.stringContaining('Queued by code version test, executed by newer'),
    });
  });
});
