/** What decides how the runs of a worker share its machine. */
import { availableParallelism, totalmem } from 'node:os';
import { kindSchemas } from '@fovea/experiments/schema';
import type { Database } from '@fovea/platform';
import type { BackendReport } from '@fovea/tensor';

/** That a run may take, in bytes: Node, a large network, its compiled steps. */
const memoryOfRun = 2e9;

/** Runs at once: one on each core, as far as memory goes; a GPU takes one after the other. */
export function placesOf({ name }: Pick<BackendReport, 'name'>): number {
  if (name === 'webgpu' || name === 'tensorflow-gpu') return 1;
  return Math.max(1, Math.min(availableParallelism(), Math.floor(totalmem() / memoryOfRun)));
}

/** Runs of one shape do the same work in each step. */
export async function shapeOf(
  db: Database,
  runId: string,
  { name, forced }: Pick<BackendReport, 'name' | 'forced'>,
): Promise<string> {
  const run = await db.run.findUnique({ where: { id: runId } });
  const schema = kindSchemas.find((each) => each.name === run?.kind);
  const size = schema && run ? schema.stepSize(run.input) : null;
  return [forced ? `${name} forced` : name, run?.kind, run?.modelDigest, size].join(' ');
}
