/** The events of a run in order, first those that are stored, then those that come. */
import {
  listEvents,
  type Database,
  type Notifications,
  type RunEvent,
  type RunStatus,
} from '@fovea/platform';

const finished: ReadonlySet<RunStatus> = new Set(['succeeded', 'failed', 'cancelled']);

export interface StreamOptions {
  /** Only events of a greater sequence. */
  readonly after: number;
  /** Ends the stream, whatever it waits for. */
  readonly signal: AbortSignal;
}

/**
 * A notice only says that there is more to read, so that nothing is sent twice or left out. Ends after the last event
 * of a finished run.
 */
export async function* streamEvents(
  { db, notifications }: { db: Database; notifications: Notifications },
  runId: string,
  { after, signal }: StreamOptions,
): AsyncGenerator<RunEvent, void> {
  const bell = createBell(signal);
  const unsubscribe = notifications.subscribe('run', {
    onNotice: (notice) => notice.runId === runId && bell.ring(),
    onReconnect: bell.ring,
  });
  signal.addEventListener('abort', unsubscribe, { once: true });
  try {
    let last = after;
    while (!signal.aborted) {
      // Before reading, so that a notice that comes meanwhile is not lost.
      const rung = bell.next();
      const run = await db.run.findUnique({ where: { id: runId }, select: { status: true, sequence: true } });
      for (const event of await listEvents(db, runId, { after: last })) {
        yield event;
        last = event.sequence;
      }
      if (!run || (finished.has(run.status) && last >= run.sequence)) return;
      if (last >= run.sequence) await rung;
    }
  } finally {
    unsubscribe();
  }
}

/** `next()` resolves when `ring()` is called after it, or on abort. */
function createBell(signal: AbortSignal) {
  let waiting = Promise.withResolvers<void>();
  const ring = () => waiting.resolve();
  signal.addEventListener('abort', ring, { once: true });
  return {
    ring,
    next(): Promise<void> {
      waiting = Promise.withResolvers<void>();
      if (signal.aborted) ring();
      return waiting.promise;
    },
  };
}
