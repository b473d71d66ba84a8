/** Runs an experiment in this process: no server, models from the registry on disk, artifacts into a folder. */
import { findDataset, openDataset, type Dataset } from '@fovea/data';
import { failureOf, findKind, type RunEvent } from '@fovea/experiments';
import { findModel, foveaHome, loadRegisteredModel } from '@fovea/models';
import { codeVersion } from '@fovea/platform';
import { startBackend } from '@fovea/tensor';
import { appendFile, mkdir, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { badInput, CliError, exitCodes, type ExitCode } from './exit-codes.ts';
import { progressFor, type Progress } from './progress.ts';
import { printSummary, type SummaryArtifact } from './summary.ts';

export interface LocalRunOptions {
  readonly seed: number;
  /** Absolute; made where it does not exist. */
  readonly folder: string;
  readonly json: boolean;
  /** What the input reads, by hash. */
  readonly files?: ReadonlyMap<string, Uint8Array>;
}

export async function runLocally(
  kindName: string,
  input: unknown,
  { seed, folder, json, files }: LocalRunOptions,
): Promise<ExitCode> {
  const kind = findKind(kindName)!;
  const modelName = kind.schema.model(input);
  const model = modelName === null ? null : (await findModel(modelName)).manifest;
  const datasetName = kind.schema.dataset(input);
  const dataset = datasetName === null ? null : (await findDataset(datasetName, foveaHome())).manifest;
  if (model !== null) refuseIssues(kind.schema.check(input, model, dataset));
  const backend = await startBackend();

  const interrupted = new AbortController();
  process.once('SIGINT', () => interrupted.abort());
  const progress = progressFor(json);
  const started = performance.now();
  const artifacts: SummaryArtifact[] = [];
  const provenance = {
    modelDigest: model?.digest ?? null,
    datasetDigest: dataset?.digest ?? null,
    codeVersion: await codeVersion(),
    backend: backend.name,
  };
  const save = async (name: string, mediaType: string, bytes: Uint8Array) => {
    const path = join(folder, basename(name));
    await writeFile(path, bytes);
    artifacts.push({ name, path, mediaType, bytes: bytes.byteLength });
  };

  const opened: Dataset[] = [];
  const loadDataset = async (name: string) => {
    const { manifest, files } = await findDataset(name, foveaHome());
    const dataset = await openDataset(manifest, files);
    opened.push(dataset);
    return dataset;
  };

  await mkdir(folder, { recursive: true });
  try {
    const events = kind.run(input, {
      loadModel: loadRegisteredModel,
      loadDataset,
      loadObject: async (key) => files?.get(key) ?? refuseObject(key),
      seed,
      signal: interrupted.signal,
      provenance,
    });
    for await (const event of events) {
      if (event.type === 'artifact') await save(event.name, event.mediaType, event.bytes);
      else if (event.type === 'units' || event.type === 'layer')
        await appendFile(join(folder, 'evidence.jsonl'), `${JSON.stringify(event)}\n`);
      else tell(event, progress);
    }
  } catch (error) {
    progress.end();
    if (interrupted.signal.aborted) throw new CliError(exitCodes.cancelled, 'Cancelled');
    const { fault, code, message } = failureOf(error);
    throw new CliError(fault === 'input' ? exitCodes.badInput : exitCodes.failed, `${code}: ${message}`, {
      cause: error,
    });
  } finally {
    for (const each of opened) await each.close();
  }
  progress.end();
  printSummary(
    { run: null, status: 'succeeded', seconds: (performance.now() - started) / 1_000, artifacts },
    json,
  );
  return exitCodes.ok;
}

function refuseObject(key: string): never {
  throw badInput(`No file with the hash ${key} was given: name it by its path`);
}

function refuseIssues(issues: readonly { path: readonly (string | number)[]; message: string }[]): void {
  if (issues.length === 0) return;
  throw badInput(issues.map(({ path, message }) => `${path.join('.')}: ${message}`).join('\n'));
}

function tell(event: RunEvent, progress: Progress): void {
  if (event.type === 'progress') progress.step(event.step, event.total, event.loss);
  if (event.type === 'log') progress.log(event.message);
  if (event.type === 'metric') progress.event({ ...event });
}
