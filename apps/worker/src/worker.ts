/** Takes runs from the queue and executes each in a process of its own, until it is closed. */
import { availableParallelism, hostname } from 'node:os';
import { join } from 'node:path';
import type { Sharing } from '@fovea/experiments';
import {
  advanceIndexes,
  heartbeat,
  heartbeatInterval,
  openQueueWorker,
  reconcileQueue,
  registerWorker,
  setWorkerStatus,
  settleFlows,
  sweepExpiredRuns,
  type Platform,
} from '@fovea/platform';
import { createBusyMeter } from './busy-share.ts';
import { divideCores } from './core-shares.ts';
import { executeRun } from './execute-run.ts';
import { placesOf, shapeOf } from './job-shape.ts';
import { openKnownSharing } from './known-sharing.ts';
import { probeBackend } from './probe-backend.ts';

export interface RunningWorker {
  readonly id: string;
  /** Takes no more runs, gives back those it has, and says goodbye. */
  close(): Promise<void>;
}

export async function startWorker(platform: Platform): Promise<RunningWorker> {
  const { config, db, log, codeVersion } = platform;
  const { leaseSeconds } = config;
  const report = await probeBackend();
  const concurrency = config.concurrency ?? placesOf(report);
  for (const rung of report.rungs)
    if (!rung.available) log.info({ backend: rung.name, reason: rung.reason }, 'A backend is not available');
  const { id } = await registerWorker(db, {
    name: `${hostname()}-${process.pid}`,
    hostname: hostname(),
    pid: process.pid,
    backend: report.name,
    device: report.device,
    codeVersion,
    concurrency,
  });
  log.info({ workerId: id, backend: report.name, device: report.device, concurrency }, 'The worker is ready');

  const shutdown = new AbortController();
  const meter = createBusyMeter(concurrency);
  const context = { platform, workerId: id, backend: report.name, leaseSeconds, shutdown: shutdown.signal };
  const known = await openKnownSharing(join(config.home, 'core-sharing.json'));
  const shares = divideCores({ cores: availableParallelism(), places: concurrency }, (shape) =>
    known.get(shape),
  );

  async function execute(runId: string) {
    const shape = await shapeOf(db, runId, report);
    const share = await shares.take(shape);
    const onCalibration = (sharing: Sharing) => {
      log.info({ shape, sharing }, 'Measured how runs of this shape are best divided over the cores');
      known
        .set(shape, sharing)
        .catch((error: unknown) => log.warn({ err: error }, 'It could not be written down'));
    };
    try {
      return await executeRun({ ...context, share, onCalibration }, runId);
    } finally {
      share.giveBack();
    }
  }

  const consumer = openQueueWorker(
    config.queue,
    async (job) => {
      const run = await meter.track(execute(job.data.runId));
      if (run) log.info({ runId: run.id, status: run.status }, 'The run left this worker');
    },
    // The compute is elsewhere, so the lock is renewed on time; losing it is harmless, since the claim decides.
    { concurrency, lockDuration: leaseSeconds * 1000 },
  );
  consumer.on('error', (error) => log.warn({ err: error }, 'The connection to the queue broke'));
  consumer.on('failed', (job, error) =>
    log.error({ err: error, runId: job?.data.runId }, 'A run was dropped'),
  );

  const timers = [
    every(heartbeatInterval, () => heartbeat(db, id, meter.read())),
    every(leaseSeconds / 3, () => sweepExpiredRuns(platform)),
    every(leaseSeconds / 3, () => advanceIndexes(platform)),
    every(heartbeatInterval, () => settleFlows(platform)),
    every(heartbeatInterval, () => reconcileQueue(platform)),
  ];

  function every(seconds: number, task: () => Promise<unknown>): NodeJS.Timeout {
    return setInterval(() => {
      task().catch((error: unknown) =>
        log.warn({ err: error }, 'A periodic task failed; it will be tried again'),
      );
    }, seconds * 1000);
  }

  return {
    id,
    async close() {
      shutdown.abort();
      await setWorkerStatus(db, id, 'stopping');
      await consumer.close();
      for (const timer of timers) clearInterval(timer);
      await setWorkerStatus(db, id, 'stopped');
    },
  };
}
