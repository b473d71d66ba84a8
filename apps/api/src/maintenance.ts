/**
 * Looks after runs whose worker died, deliveries that got lost and indexes that are under way. Every API process does,
 * which is safe: each run and each index is taken by one of them.
 */
import { setInterval } from 'node:timers/promises';
import {
  advanceIndexes,
  reconcileQueue,
  settleFlows,
  sweepExpiredRuns,
  type Platform,
} from '@fovea/platform';

const sweepInterval = 5_000;
const reconcileInterval = 15_000;

/** Goes on until the signal aborts. */
export async function maintain(platform: Platform, signal: AbortSignal): Promise<void> {
  await Promise.all([
    repeat(sweepInterval, () => sweepExpiredRuns(platform)),
    repeat(sweepInterval, () => advanceIndexes(platform)),
    repeat(reconcileInterval, () => settleFlows(platform)),
    repeat(reconcileInterval, () => reconcileQueue(platform)),
  ]);

  async function repeat(interval: number, work: () => Promise<unknown>): Promise<void> {
    try {
      for await (const _ of setInterval(interval, undefined, { signal }))
        await work().catch((error: unknown) => platform.log.warn({ err: error }, 'Maintenance has to wait'));
    } catch (error) {
      if (!signal.aborted) throw error;
    }
  }
}
