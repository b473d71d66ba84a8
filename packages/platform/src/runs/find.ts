import type { Run } from '../../../../prisma/generated/client.ts';
import type { Queryable } from '../database.ts';
import { PlatformError } from '../errors.ts';

/** Throws RUN_NOT_FOUND. */
export async function requireRun(db: Queryable, runId: string): Promise<Run> {
  const run = await db.run.findUnique({ where: { id: runId } });
  if (!run) throw new PlatformError('RUN_NOT_FOUND', `There is no run ${runId}`, { runId });
  return run;
}
