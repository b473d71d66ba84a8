/** Executes an experiment in this process: models and datasets come from the registries on disk, and nothing is stored. */
import { findDataset, openDataset, type Dataset } from '@fovea/data';
import { failureOf, findKind, type RunContext, type RunEvent } from '@fovea/experiments';
import { findModel, foveaHome, loadRegisteredModel } from '@fovea/models';
import { codeVersion } from '@fovea/platform';
import { startBackend } from '@fovea/tensor';
import { badInput, CliError, exitCodes } from './exit-codes.ts';
import type { Progress } from './progress.ts';
import { runShards } from './shards-here.ts';

export interface ExecutionHere {
  readonly seed: number;
  /** Told of progress and log; ended when the experiment has. */
  readonly progress: Progress;
  /** Given all other events. */
  readonly onEvent: (event: RunEvent) => Promise<void> | void;
  /** What the input reads, by hash. */
  readonly files?: ReadonlyMap<string, Uint8Array>;
  /** Of the processor; default: all cores. */
  readonly threads?: number;
  /** Default: from the registry, anew. */
  readonly loadModel?: RunContext['loadModel'];
}

/**
 * @param input that the kind's schema has accepted
 * @returns the result
 * @throws CliError with what the user can do about it
 */
export async function executeHere(
  kindName: string,
  input: unknown,
  { seed, progress, onEvent, files, threads, loadModel = loadRegisteredModel }: ExecutionHere,
): Promise<unknown> {
  const kind = findKind(kindName)!;
  const modelName = kind.schema.model(input);
  const model = modelName === null ? null : (await findModel(modelName)).manifest;
  const datasetName = kind.schema.dataset(input);
  const dataset = datasetName === null ? null : (await findDataset(datasetName, foveaHome())).manifest;
  if (model !== null) refuseIssues(kind.schema.check(input, model, dataset));
  const backend = await startBackend({ threads });

  const interrupted = new AbortController();
  const interrupt = () => interrupted.abort();
  process.once('SIGINT', interrupt);
  const opened: Dataset[] = [];
  const loadDataset = async (name: string) => {
    const { manifest, files } = await findDataset(name, foveaHome());
    const dataset = await openDataset(manifest, files);
    opened.push(dataset);
    return dataset;
  };
  const { signal } = interrupted;
  try {
    const shards = await runShards(kindName, kind.schema.shards?.(input) ?? [], { seed, progress, signal });
    const events = kind.run(input, {
      loadModel,
      loadDataset,
      loadObject: async (key) => files?.get(key) ?? refuseObject(key),
      loadShard: async (index, artifact) => shards[index]!.get(artifact)!,
      seed,
      signal,
      threads,
      provenance: {
        modelDigest: model?.digest ?? null,
        datasetDigest: dataset?.digest ?? null,
        codeVersion: await codeVersion(),
        backend: backend.name,
      },
    });
    for (;;) {
      const next = await events.next();
      if (next.done) return next.value;
      if (next.value.type === 'progress') progress.step(next.value.step, next.value.total, next.value.loss);
      else if (next.value.type === 'log') progress.log(next.value.message);
      else await onEvent(next.value);
    }
  } catch (error) {
    if (signal.aborted) throw new CliError(exitCodes.cancelled, 'Cancelled');
    const { fault, code, message } = failureOf(error);
    throw new CliError(fault === 'input' ? exitCodes.badInput : exitCodes.failed, `${code}: ${message}`, {
      cause: error,
    });
  } finally {
    process.off('SIGINT', interrupt);
    progress.end();
    for (const each of opened) await each.close();
  }
}

function refuseObject(key: string): never {
  throw badInput(`No file with the hash ${key} was given: name it by its path`);
}

function refuseIssues(issues: readonly { path: readonly (string | number)[]; message: string }[]): void {
  if (issues.length === 0) return;
  throw badInput(issues.map(({ path, message }) => `${path.join('.')}: ${message}`).join('\n'));
}
