import type { Run } from '../../../../prisma/generated/client.ts';
import type { Database } from '../database.ts';
import type { RunQueue } from '../queue.ts';
import { settleFlows } from './settle-flows.ts';
import { stopRun } from './stop-run.ts';

/**
 * A queued run is cancelled at once, with its shards; a running one as soon as its worker has stopped it. Asking twice is
 * no error; throws RUN_NOT_FOUND, or TRANSITION_ILLEGAL for a finished run.
 */
export async function requestCancel(
  services: { db: Database; queue: RunQueue },
  runId: string,
): Promise<Run> {
  const run = await stopRun(services, runId);
  if (run.status === 'cancelled') await settleFlows(services, run.flowRunId ?? run.id);
  return run;
}
