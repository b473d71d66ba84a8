/** `fovea index MODEL`: pictures, sweeps and weights of every unit, on the server or on this machine. */
import { unwrap } from '@fovea/client';
import {
  indexParts,
  indexSettingsSchema,
  type IndexPart,
  type IndexSettings,
} from '@fovea/experiments/schema';
import { setTimeout as sleep } from 'node:timers/promises';
import { z } from 'zod';
import { callerPath } from '../caller-path.ts';
import { badInput, exitCodes, type ExitCode } from '../exit-codes.ts';
import { printIndexSummary } from '../index-summary.ts';
import { unknownName } from '../nearest-name.ts';
import { progressFor, type Progress } from '../progress.ts';
import { reachServerIfAny, type Server } from '../server.ts';

export interface IndexOptions {
  readonly api?: string;
  readonly json?: boolean;
  readonly local?: boolean;
  readonly out?: string;
  readonly layers?: readonly string[];
  readonly only?: readonly string[];
  readonly dataset?: string;
  readonly images?: number;
  readonly size?: number;
  readonly steps?: number;
  readonly restarts?: number;
  readonly diversity?: number;
  readonly seed?: number;
}

/** The network that ships with Fovea, and the images that it was trained to tell apart. */
const defaultNetwork = { model: 'fovea_mini', dataset: 'procedural' };

export async function indexModel(given: string, options: IndexOptions): Promise<ExitCode> {
  const model = given === 'default' ? defaultNetwork.model : given;
  const settings = settingsOf(model, options);
  const server = options.local ? null : await reachServerIfAny(options.api);
  const progress = progressFor(options.json ?? false);
  if (server) return onServer(server, model, settings, progress, options);
  const { indexHere } = await import('../index-here/index-here.ts');
  const root = callerPath(options.out ?? `index-${model}`);
  const summary = await indexHere({ model, settings, root, progress }).finally(() => progress.end());
  printIndexSummary(summary, options.json ?? false);
  return summary.failures.length === 0 ? exitCodes.ok : exitCodes.failed;
}

function settingsOf(model: string, options: IndexOptions): IndexSettings {
  const { layers, only, images, size, steps, restarts, diversity, seed } = options;
  const dataset = options.dataset ?? (model === defaultNetwork.model ? defaultNetwork.dataset : null);
  const parts = only?.map(requirePart) ?? indexParts.filter((part) => part !== 'sweep' || dataset !== null);
  const named = layers?.length === 1 && ['all', 'interesting'].includes(layers[0]!) ? layers[0] : layers;
  const parsed = indexSettingsSchema.safeParse({
    layers: named,
    parts,
    dataset,
    images,
    size,
    steps,
    restarts,
    diversity,
    seed,
  });
  if (parsed.success) return parsed.data;
  throw badInput(z.prettifyError(parsed.error));
}

function requirePart(name: string): IndexPart {
  const part = indexParts.find((each) => each === name);
  if (part) return part;
  throw badInput(unknownName('part', name, indexParts));
}

/** Milliseconds between two looks at an index. */
const interval = 1_000;

async function onServer(
  { client }: Server,
  model: string,
  settings: IndexSettings,
  progress: Progress,
  { json = false }: IndexOptions,
): Promise<ExitCode> {
  const detached = new AbortController();
  process.once('SIGINT', () => detached.abort());
  let index = unwrap(await client.POST('/indexes', { body: { model, settings } }));
  const { id } = index;
  progress.log(`Index ${id}`);
  while (index.status === 'running' || index.status === 'paused') {
    progress.step(Math.round(1000 * index.share), 1000, null);
    await sleep(interval, undefined, { signal: detached.signal }).catch(() => undefined);
    if (detached.signal.aborted) {
      progress.end();
      progress.log(`The index goes on: the dashboard shows it under /indexes/${id}`);
      return exitCodes.cancelled;
    }
    index = unwrap(await client.GET('/indexes/{id}', { params: { path: { id } } }));
  }
  progress.end();
  const { status, failures, runs, createdAt, finishedAt, bytes, pictures } = index;
  const skipped = index.skipped.reduce((sum, part) => sum + part.pictures, 0);
  printIndexSummary(
    {
      index: id,
      model,
      status: failures.length > 0 && status === 'finished' ? 'failed' : status,
      seconds: (Date.parse(finishedAt!) - Date.parse(createdAt)) / 1000,
      bytes,
      runs: runs.succeeded,
      pictures: { made: pictures.done - skipped, skipped },
      folder: null,
      failures: failures.map(({ kind, layer, error }) => ({
        part: kind,
        layer,
        message: error?.message ?? 'unknown',
      })),
    },
    json,
  );
  if (status === 'cancelled') return exitCodes.cancelled;
  return failures.length === 0 ? exitCodes.ok : exitCodes.failed;
}
