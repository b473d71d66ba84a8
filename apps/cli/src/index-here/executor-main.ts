/** Executes runs of an index, one after the other, so that those on one layer share their compiled steps. */
import { findKindSchema } from '@fovea/experiments/schema';
import { loadRegisteredModel, type HookedModel } from '@fovea/models';
import { executeHere } from '../execute-here.ts';
import { CliError, exitCodes } from '../exit-codes.ts';
import type { IndexMessage, IndexOrder } from './messages.ts';
import { runFolder } from './run-folder.ts';

process.on('message', (order: IndexOrder) => void execute(order).then(tell));

// Whoever ordered is gone.
process.on('disconnect', () => process.exit());

const models = new Map<string, Promise<HookedModel>>();

/** Compiled steps belong to a loaded model, so it stays. */
function loadModel(name: string): Promise<HookedModel> {
  const model = models.get(name) ?? loadRegisteredModel(name);
  models.set(name, model);
  return model;
}

async function execute({ planned, seed, threads, root }: IndexOrder): Promise<IndexMessage> {
  const folder = runFolder(root, planned);
  try {
    await executeHere(planned.kind, findKindSchema(planned.kind)!.input.parse(planned.input), {
      seed,
      threads,
      loadModel,
      progress: {
        step: (step, total) => tell({ type: 'progress', step, total }),
        log: () => undefined,
        event: () => undefined,
        end: () => undefined,
      },
      onEvent: (event) => folder.take(event),
    });
    return { type: 'done', files: await folder.end() };
  } catch (error) {
    const exitCode = error instanceof CliError ? error.exitCode : exitCodes.failed;
    return { type: 'failed', exitCode, message: (error as Error).message };
  }
}

function tell(message: IndexMessage): void {
  process.send!(message);
}
