import { layout, type Engine } from '@fovea/interp';
import { randomFor, tf } from '@fovea/tensor';
import { splitOf } from '../activation-sweep/split.ts';
import { engineOf } from '../feature-visualization/engine-of.ts';
import { InvalidInputError } from '../input-error.ts';
import type { RunContext, RunEvent } from '../kind.ts';
import { decodeState, encodeState } from './checkpoint.ts';
import { iconBatches, makeIcons, noIcons, type IconWork } from './icons.ts';
import { planGrids, type GridPlan } from './plan.ts';
import { noSamples, sampleImages, sampleSource, type Samples, type SampleSource } from './samples.ts';
import {
  activationAtlasSchema,
  type ActivationAtlas,
  type ActivationAtlasInput,
  type ActivationAtlasResult,
  type AtlasEvidence,
} from './schema.ts';
import { exampleSheet, iconSheet } from './sheets.ts';

/** Images, and batches of icons, between checkpoints. */
const interval = { images: 512, batches: 8 };

/** @throws InvalidInputError where the input does not fit the model or the dataset; SparseAtlasError */
export async function* runActivationAtlas(
  input: ActivationAtlasInput,
  context: RunContext,
): AsyncGenerator<RunEvent, ActivationAtlasResult> {
  const model = await context.loadModel(input.model);
  const dataset = await context.loadDataset(input.dataset);
  const issues = activationAtlasSchema.check(input, model, dataset);
  if (issues.length > 0) throw new InvalidInputError(issues);
  const source = sampleSource(input, model, dataset, splitOf(input.split, dataset)!, context.seed);

  const state = context.checkpoint && decodeState(context.checkpoint);
  const { grids, work } =
    state?.stage === 'icons' ? state : yield* layOut(source, context, state?.samples ?? noSamples(source));
  const engine = yield* drawIcons(source, grids, work, context);
  const evidence = yield* publish(source, grids, work, context);
  return { engine: engine && engineOf(engine, context.provenance.backend), ...evidence };
}

/** Collects activations, lays them out and divides the layout. */
async function* layOut(
  source: SampleSource,
  context: RunContext,
  begun: Samples,
): AsyncGenerator<RunEvent, { grids: readonly GridPlan[]; work: IconWork }> {
  const { input, indices, channels } = source;
  let samples = begun;
  const total = activationAtlasSchema.steps({ ...input, images: indices.length });
  for await (samples of sampleImages(source, begun, context)) {
    yield { type: 'progress', step: samples.images, total, loss: null };
    if (samples.images % interval.images === 0)
      yield { type: 'checkpoint', step: samples.images, bytes: encodeState({ stage: 'samples', samples }) };
  }
  const { length } = samples.image;
  if (length <= input.neighbors)
    yield {
      type: 'log',
      level: 'warning',
      message: `There are ${length} activations: each is kept close to all others, not to ${input.neighbors} neighbours`,
    };
  yield { type: 'log', level: 'info', message: `Laying ${length} activations out` };
  const points = await laidOut(samples, channels, source, context);
  yield* layoutArtifact(source, samples, points);
  const grids = await planGrids(source, samples, points);
  const work = noIcons(grids, input.iconSize);
  yield { type: 'checkpoint', step: indices.length, bytes: encodeState({ stage: 'icons', grids, work }) };
  return { grids, work };
}

async function laidOut(
  { activations, image }: Samples,
  channels: number,
  { input }: SampleSource,
  { seed, signal }: RunContext,
): Promise<Float32Array> {
  const matrix = tf.tensor2d(activations, [image.length, channels]);
  try {
    const steps = layout(matrix, input, randomFor(seed, 0, 'atlas layout'));
    for (;;) {
      const next = await steps.next();
      signal.throwIfAborted();
      if (next.done) return next.value;
      // The event loop gets its turn, so that an abort arrives.
      await tf.nextFrame();
    }
  } finally {
    matrix.dispose();
  }
}

/** Where each activation came from and where it lies: what is needed to divide the layout otherwise. */
function* layoutArtifact(
  { input, split }: SampleSource,
  { image, position }: Samples,
  points: Float32Array,
): Generator<RunEvent> {
  const content = {
    split,
    samples: Array.from(image, (index, sample) => ({
      image: index,
      position: position[sample]!,
      x: points[2 * sample]!,
      y: points[2 * sample + 1]!,
    })),
  };
  yield jsonArtifact('layout.json', content, { layer: input.layer });
}

async function* drawIcons(
  source: SampleSource,
  grids: readonly GridPlan[],
  begun: IconWork,
  context: RunContext,
): AsyncGenerator<RunEvent, Engine | null> {
  const { input, indices } = source;
  const total = indices.length + iconBatches(grids, input).length * input.iconSteps;
  let step = indices.length + begun.done.length * input.iconSteps;
  let engine: Engine | null = null;
  for await (const event of makeIcons(source, grids, begun, context)) {
    if (event.type === 'engine') engine = event.engine;
    else if (event.type === 'step') yield { type: 'progress', step: ++step, total, loss: null };
    else {
      const { work } = event;
      const bytes = await iconSheet(grids[0]!, work.icons[0]!.pixels, input.iconSize);
      yield { type: 'preview', step, mediaType: 'image/webp', bytes };
      if (work.done.length % interval.batches === 0)
        yield { type: 'checkpoint', step, bytes: encodeState({ stage: 'icons', grids, work }) };
    }
  }
  return engine;
}

async function* publish(
  source: SampleSource,
  grids: readonly GridPlan[],
  { icons }: IconWork,
  { seed, provenance }: RunContext,
): AsyncGenerator<RunEvent, AtlasEvidence> {
  const { input, model, dataset, split, indices, perImage } = source;
  const about = {
    kind: activationAtlasSchema.name,
    kindVersion: activationAtlasSchema.version,
    model: { name: model.name, digest: model.digest, preprocessing: model.preprocessing },
    ...provenance,
    seed,
    input,
  };
  const named = grids.map((grid) => ({
    ...grid,
    icons: `icons-${grid.size}.webp`,
    examples: `examples-${grid.size}.webp`,
  }));
  for (const [index, grid] of named.entries()) {
    const sheet = await iconSheet(grid, icons[index]!.pixels, input.iconSize);
    yield { type: 'artifact', name: grid.icons, mediaType: 'image/webp', bytes: sheet, parameters: about };
    const examples = await exampleSheet(grid, source);
    yield {
      type: 'artifact',
      name: grid.examples,
      mediaType: 'image/webp',
      bytes: examples,
      parameters: about,
    };
  }
  const { model: modelName, layer, dataset: datasetName } = input;
  const counts = { images: indices.length, samples: indices.length * perImage };
  const atlas: ActivationAtlas = {
    model: modelName,
    layer,
    dataset: datasetName,
    split,
    ...counts,
    grids: named.map(({ size, icons, examples, cells }) => ({
      size,
      icons,
      examples,
      cells: cells.map(({ direction: _direction, ...cell }) => cell),
    })),
  };
  yield jsonArtifact('atlas.json', atlas, about);
  const evidence: AtlasEvidence = {
    atlas: 'atlas.json',
    dataset: datasetName,
    ...counts,
    grids: named.map(({ cells, ...grid }) => ({ ...grid, cells: cells.length })),
  };
  yield { type: 'layer', layer, kind: activationAtlasSchema.name, subject: dataset.digest, data: evidence };
  return evidence;
}

/** Without times of day, so that the same run gives the same bytes. */
function jsonArtifact(name: string, content: unknown, parameters: Record<string, unknown>): RunEvent {
  const bytes = new TextEncoder().encode(`${JSON.stringify(content)}\n`);
  return { type: 'artifact', name, mediaType: 'application/json', bytes, parameters };
}
