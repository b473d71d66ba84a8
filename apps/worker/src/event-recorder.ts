/**
 * Writes a run's events in their order. Progress comes faster than it is worth storing, so it waits a moment
 * and only the latest of what waited is kept; events with bytes are written at once.
 */
import type { RunEvent } from '@fovea/experiments';
import { recordEvents, type Claim, type Platform } from '@fovea/platform';
import { retryWhileAway } from './retry-while-away.ts';

/** Milliseconds between two writes of progress. */
const interval = 200;

export interface EventRecorder {
  /** Resolves when the event is stored; rejects when it cannot be, and from then on always. */
  push(event: RunEvent): Promise<void>;
  /** Resolves when all that was pushed is stored. */
  flush(): Promise<void>;
}

export function createEventRecorder(
  { db, store, log }: Pick<Platform, 'db' | 'store' | 'log'>,
  claim: Claim,
): EventRecorder {
  let waiting: RunEvent[] = [];
  let written: Promise<void> = Promise.resolve();
  let scheduled: Promise<void> | null = null;
  let wake = () => {};
  let before: { step: number; time: number } | null = null;

  function write(): void {
    const events = latestProgressOnly(waiting);
    waiting = [];
    scheduled = null;
    if (events.length === 0) return;
    const stepsPerSecond = measureSpeed(events);
    written = written.then(() => record(events, stepsPerSecond));
  }

  async function record(events: readonly RunEvent[], stepsPerSecond: number | null): Promise<void> {
    await retryWhileAway(
      () => recordEvents({ db, store, log }, claim, events, { stepsPerSecond }),
      log.child({ runId: claim.runId }),
    );
  }

  function measureSpeed(events: readonly RunEvent[]): number | null {
    const progress = events.findLast((event) => event.type === 'progress');
    if (!progress) return null;
    const now = { step: progress.step, time: performance.now() };
    const speed = before && ((now.step - before.step) * 1000) / (now.time - before.time);
    before = now;
    return speed;
  }

  const schedule = () =>
    (scheduled ??= new Promise<void>((resolve) => {
      const timer = setTimeout(() => wake(), interval);
      wake = () => {
        clearTimeout(timer);
        write();
        resolve(written);
      };
    }));

  return {
    push(event) {
      waiting.push(event);
      const stored = schedule();
      if (event.type !== 'progress' && event.type !== 'metric') wake();
      return stored;
    },
    async flush() {
      if (scheduled) wake();
      await written;
    },
  };
}

const latestProgressOnly = (events: readonly RunEvent[]): RunEvent[] => {
  const latest = events.findLastIndex((event) => event.type === 'progress');
  return events.filter((event, index) => event.type !== 'progress' || index === latest);
};
