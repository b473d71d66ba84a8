import { imageBatches } from '@fovea/data';
import {
  decodeSweep,
  emptyMaps,
  emptySweep,
  encodeSweep,
  examplesOf,
  fillMaps,
  imagesOf,
  mergeSweep,
  sweepBatches,
  type ImageBatch,
  type LayerExamples,
  type Sweep,
  type SweepSettings,
} from '@fovea/interp';
import { engineOf } from '../feature-visualization/engine-of.ts';
import { InvalidInputError } from '../input-error.ts';
import type { RunContext, RunEvent } from '../kind.ts';
import { decodeCheckpoint, encodeCheckpoint, type SweepCheckpoint } from './checkpoint.ts';
import { sweptImages } from './images.ts';
import type { SweepJob } from './job.ts';
import { passesOf } from './passes.ts';
import { reportLayers } from './report.ts';
import { activationSweepSchema, type ActivationSweepInput, type ActivationSweepResult } from './schema.ts';
import { splitOf } from './split.ts';

/**
 * @throws InvalidInputError where the input does not fit the model or the dataset; what interp's sweep throws, and
 * SweepMismatchError where shards were computed by different engines
 */
export async function* runActivationSweep(
  input: ActivationSweepInput,
  context: RunContext,
): AsyncGenerator<RunEvent, ActivationSweepResult> {
  const model = await context.loadModel(input.model);
  const dataset = await context.loadDataset(input.dataset);
  const issues = activationSweepSchema.check(input, model, dataset);
  if (issues.length > 0) throw new InvalidInputError(issues);
  const split = splitOf(input.split, dataset)!;
  const images = sweptImages(input, dataset.splits[split]!, context.seed);
  const passes = passesOf(model, input, { sample: images.sample.length, classes: dataset.classes.length });
  const state = decodeCheckpoint(context.checkpoint);
  const total = input.shards > 1 ? 0 : passes.length * images.own.length;
  const progress = state.progress ?? { step: 0, total };
  const job: SweepJob = { input, context, model, dataset, split, images, progress };
  let { engine } = state;
  const layers = [...state.layers];
  for (const [pass, names] of passes.entries()) {
    if (pass < state.passes) continue;
    const finished: SweepCheckpoint = { ...state, passes: pass, layers, engine, sweep: null };
    const sweep = yield* sweepOf(job, pass, names, {
      ...finished,
      sweep: pass === state.passes ? state.sweep : null,
    });
    engine = engineOf(sweep.engine!, context.provenance.backend);
    if (input.shard === null) layers.push(...(yield* reportPass(job, sweep)));
    else yield shardArtifact(pass, sweep);
    yield checkpointAt({ passes: pass + 1, layers, engine, progress, sweep: null });
  }
  const result = { split, images: images.own.length, engine: engine!, layers };
  if (input.shard === null) yield provenanceArtifact(job, result);
  return result;
}

/** What the pass gathers over all images of the run. */
async function* sweepOf(
  job: SweepJob,
  pass: number,
  layers: readonly string[],
  state: SweepCheckpoint,
): AsyncGenerator<RunEvent, Sweep> {
  const { input, images, dataset, model } = job;
  const { batch, top } = input;
  const classes = dataset.classes.length;
  const settings: SweepSettings = { layers, batch, top, sample: images.sample, classes };
  if (input.shards > 1) return mergedShards(job, pass, settings);
  const sweep = state.sweep ? decodeSweep(state.sweep, model, settings) : emptySweep(model, settings);
  yield* sweepImages(job, sweep, state);
  return sweep;
}

async function* sweepImages(
  job: SweepJob,
  sweep: Sweep,
  state: SweepCheckpoint,
): AsyncGenerator<RunEvent, void> {
  const { input, context, model, images, progress } = job;
  const { signal, threads } = context;
  let due = sweep.images + input.checkpointInterval;
  let before = sweep.images;
  const batches = batchesOf(job, images.own.slice(sweep.images));
  for await (const { images: seen } of sweepBatches(sweep, model, batches, { threads })) {
    signal.throwIfAborted();
    progress.step += seen - before;
    before = seen;
    yield progressEvent(job);
    if (input.checkpointInterval === 0 || seen < due) continue;
    due = seen + input.checkpointInterval;
    yield checkpointAt({ ...state, progress, sweep: encodeSweep(sweep) });
  }
}

async function mergedShards(job: SweepJob, pass: number, settings: SweepSettings): Promise<Sweep> {
  const { input, context, model } = job;
  let merged: Sweep | undefined;
  for (let index = 0; index < input.shards; index++) {
    if (!context.loadShard) throw new Error('Whoever runs a sweep of several shards must have run those');
    const shard = decodeSweep(await context.loadShard(index, shardName(pass)), model, settings);
    if (merged) mergeSweep(merged, shard);
    else merged = shard;
  }
  return merged!;
}

/** Maps of the examples, then all that is told of the layers. */
async function* reportPass(
  job: SweepJob,
  sweep: Sweep,
): AsyncGenerator<RunEvent, ActivationSweepResult['layers']> {
  const { input, context, model, progress } = job;
  const bands = { edges: input.bands, count: input.perBand, seed: context.seed };
  const chosen = sweep.layers.map((layer): LayerExamples => {
    const examples = layer.top.map((_, unit) => examplesOf(sweep.settings, layer, unit, bands));
    return { ...layer, examples };
  });
  const images = imagesOf(chosen);
  const maps = chosen.map(emptyMaps);
  progress.total += images.length;
  const { signal, threads } = context;
  const options = { batch: input.batch, threads };
  for await (const count of fillMaps(maps, model, batchesOf(job, images), options)) {
    signal.throwIfAborted();
    progress.step += count;
    yield progressEvent(job);
  }
  return yield* reportLayers(job, sweep, maps);
}

async function* batchesOf(
  { input, context, model, dataset, split }: SweepJob,
  indices: readonly number[],
): AsyncGenerator<ImageBatch> {
  const { batch } = input;
  const { signal } = context;
  for await (const decoded of imageBatches(dataset, {
    split,
    input: model.preprocessing,
    batch,
    indices,
    signal,
  }))
    yield { ...decoded, labels: decoded.indices.map((index) => dataset.entry(split, index).label) };
}

const progressEvent = ({ progress: { step, total } }: SweepJob): RunEvent => ({
  type: 'progress',
  step,
  total,
  loss: null,
});

const checkpointAt = (state: SweepCheckpoint & { readonly progress: SweepJob['progress'] }): RunEvent => ({
  type: 'checkpoint',
  step: state.progress.step,
  bytes: encodeCheckpoint(state),
});

const shardName = (pass: number) => `sweep-${pass}.bin`;

const shardArtifact = (pass: number, sweep: Sweep): RunEvent => ({
  type: 'artifact',
  name: shardName(pass),
  mediaType: 'application/octet-stream',
  bytes: encodeSweep(sweep),
  parameters: { layers: sweep.settings.layers, images: sweep.images },
});

/** Without how the images were divided, which changes nothing, and without times of day. */
function provenanceArtifact(
  { input: { shards: _shards, shard: _shard, ...input }, context, model, dataset, split }: SweepJob,
  result: ActivationSweepResult,
): RunEvent {
  const content = {
    kind: activationSweepSchema.name,
    kindVersion: activationSweepSchema.version,
    seed: context.seed,
    model: { name: model.name, digest: model.digest, preprocessing: model.preprocessing },
    dataset: { name: dataset.name, digest: dataset.digest, split },
    ...context.provenance,
    input,
    result,
  };
  const bytes = new TextEncoder().encode(`${JSON.stringify(content, null, 2)}\n`);
  return { type: 'artifact', name: 'provenance.json', mediaType: 'application/json', bytes, parameters: {} };
}
