/** Indexes a model on this machine, without a server: into a folder of pictures and JSON. */
import { findDataset } from '@fovea/data';
import { findKindSchema, type IndexPart, type IndexSettings } from '@fovea/experiments/schema';
import { findModel, foveaHome } from '@fovea/models';
import {
  chosenLayers,
  codeVersion,
  hashRun,
  isPlatformError,
  picturesIn,
  planIndex,
  type IndexedModel,
  type PlannedRun,
} from '@fovea/platform';
import { availableParallelism } from 'node:os';
import { badInput, CliError, exitCodes } from '../exit-codes.ts';
import type { IndexSummary } from '../index-summary.ts';
import type { Progress } from '../progress.ts';
import { startExecutor } from './executor.ts';
import { addPictures, openRecord, writeRecord, type IndexRecord } from './record.ts';
import { folderOfLayer } from './run-folder.ts';

export interface IndexHere {
  readonly model: string;
  readonly settings: IndexSettings;
  /** Absolute; what is in it from an earlier call is not made again. */
  readonly root: string;
  readonly progress: Progress;
}

/** Parts whose runs do one small thing after another: best side by side, each on a core. */
const spread: ReadonlySet<IndexPart> = new Set(['pictures', 'deepdream', 'weights', 'sparsity']);

/** Goes on after a run that fails, and names it at the end. Throws CliError where it is interrupted. */
export async function indexHere({ model: name, settings, root, progress }: IndexHere): Promise<IndexSummary> {
  const started = performance.now();
  const { manifest } = await findModel(name);
  const model: IndexedModel = { ...manifest, layers: manifest.hookPoints };
  const version = await codeVersion();
  const layers = layersOf(settings, model);
  const record = await openRecord(root, {
    model: name,
    modelDigest: manifest.digest,
    settings,
    codeVersion: version,
    layers: layers.map(({ name: layer, channels }) => ({
      layer,
      folder: folderOfLayer(layer),
      units: channels,
    })),
  });
  const runs = await hashed(planIndex(settings, model), record, settings.seed);
  const known = new Set(record.runs.map(({ hash }) => hash));
  const missing = runs.filter(({ hash }) => !known.has(hash));
  const failures = await executeAll(missing, { settings, root, record, progress });
  await writeRecord(root, record);
  const recorded = new Map(record.runs.map((run) => [run.hash, run]));
  const made = missing.filter(({ hash }) => recorded.has(hash));
  return {
    index: null,
    model: name,
    status: failures.length === 0 ? 'finished' : 'failed',
    seconds: (performance.now() - started) / 1000,
    bytes: made.reduce((sum, { hash }) => sum + recorded.get(hash)!.bytes, 0),
    runs: made.length,
    pictures: { made: picturesOf(made), skipped: picturesOf(runs.filter((run) => !missing.includes(run))) },
    folder: root,
    failures,
  };
}

function layersOf(settings: IndexSettings, model: IndexedModel): ReturnType<typeof chosenLayers> {
  try {
    return chosenLayers(settings, model);
  } catch (error) {
    throw isPlatformError(error) ? badInput(error.message) : error;
  }
}

function picturesOf(runs: readonly HashedRun[]): number {
  return runs.reduce((sum, { planned }) => sum + picturesIn(planned), 0);
}

interface HashedRun {
  readonly hash: string;
  readonly planned: PlannedRun;
  readonly steps: number;
}

async function hashed(
  plan: readonly PlannedRun[],
  { modelDigest, codeVersion: version }: IndexRecord,
  seed: number,
): Promise<HashedRun[]> {
  const digests = new Map<string, string>();
  const digestOfDataset = async (name: string) => {
    const digest = digests.get(name) ?? (await findDataset(name, foveaHome())).manifest.digest;
    digests.set(name, digest);
    return digest;
  };
  return Promise.all(
    plan.map(async (planned) => {
      const kind = findKindSchema(planned.kind)!;
      const input = kind.input.parse(planned.input);
      const dataset = kind.dataset(input);
      const hash = hashRun({
        kind: kind.name,
        kindVersion: kind.version,
        input,
        modelDigest,
        datasetDigest: dataset === null ? null : await digestOfDataset(dataset),
        seed,
        codeVersion: version,
      });
      return { hash, planned, steps: kind.steps(input) };
    }),
  );
}

interface Work {
  readonly settings: IndexSettings;
  readonly root: string;
  readonly record: IndexRecord;
  readonly progress: Progress;
}

async function executeAll(runs: readonly HashedRun[], work: Work): Promise<IndexSummary['failures']> {
  const failures: IndexSummary['failures'][number][] = [];
  const total = runs.reduce((sum, { steps }) => sum + steps, 0);
  let done = 0;
  const underWay = new Map<HashedRun, number>();
  const tell = () => {
    const part = [...underWay].reduce((sum, [run, share]) => sum + share * run.steps, 0);
    work.progress.step(Math.round(done + part), total, null);
  };
  const cores = availableParallelism();
  const joined = runs.filter(({ planned }) => !spread.has(planned.part));
  const apart = runs.filter(({ planned }) => spread.has(planned.part));
  await inPlaces(joined, 1, cores);
  await inPlaces(apart, cores, 1);
  return failures;

  async function inPlaces(some: readonly HashedRun[], places: number, threads: number): Promise<void> {
    const waiting = some.values();
    await Promise.all(Array.from({ length: Math.min(places, some.length) }, () => place(waiting, threads)));
  }

  async function place(waiting: Iterable<HashedRun>, threads: number): Promise<void> {
    const executor = startExecutor();
    try {
      for (const run of waiting) {
        await execute(run, threads, executor);
        underWay.delete(run);
        done += run.steps;
        tell();
      }
    } finally {
      executor.end();
    }
  }

  async function execute(
    run: HashedRun,
    threads: number,
    executor: ReturnType<typeof startExecutor>,
  ): Promise<void> {
    const { planned, hash } = run;
    const { part, layer } = planned;
    const begun = performance.now();
    const order = { planned, seed: work.settings.seed, threads, root: work.root };
    try {
      const { bytes, pictures } = await executor.execute(order, (step, steps) => {
        underWay.set(run, steps === 0 ? 0 : step / steps);
        tell();
      });
      if (pictures.length > 0) await addPictures(work.root, layer!, pictures);
      const seconds = (performance.now() - begun) / 1000;
      work.record.runs.push({ hash, part, layer, seconds, bytes });
      await writeRecord(work.root, work.record);
    } catch (error) {
      if (!(error instanceof CliError) || error.exitCode === exitCodes.cancelled) throw error;
      failures.push({ part, layer, message: error.message });
      work.progress.log(`${[layer, part].filter(Boolean).join(' ')}: ${error.message}`);
    }
  }
}
