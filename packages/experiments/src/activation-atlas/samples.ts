/** Activations at random positions of the images of a dataset. */
import { imageBatches } from '@fovea/data';
import {
  imageSample,
  innerPositions,
  samplePositions,
  startActivationSamples,
  unitsPlaces,
  type PositionGrid,
} from '@fovea/interp';
import type { Dataset } from '@fovea/data';
import type { HookedModel } from '@fovea/models';
import { randomFor } from '@fovea/tensor';
import type { RunContext } from '../kind.ts';
import type { ActivationAtlasInput } from './schema.ts';

/** Of the images so far, one row for each activation. */
export interface Samples {
  readonly images: number;
  /** [samples, channels] */
  readonly activations: Float32Array;
  /** [samples, classes]; null where the network has no known logits. */
  readonly attributions: Float32Array | null;
  /** Index in the split, of each sample. */
  readonly image: Int32Array;
  /** Position in the grid, of each sample. */
  readonly position: Int32Array;
}

export interface SampleSource {
  readonly input: ActivationAtlasInput;
  readonly model: HookedModel;
  readonly dataset: Dataset;
  readonly split: string;
  readonly channels: number;
  /** Null where none are attributed to. */
  readonly logits: string | null;
  readonly classes: number;
  readonly grid: PositionGrid;
  /** Of the layer, before the first of the grid: the class token and its like. */
  readonly firstPosition: number;
  readonly perImage: number;
  /** Indices in the split, ascending. */
  readonly indices: readonly number[];
}

export function sampleSource(
  input: ActivationAtlasInput,
  model: HookedModel,
  dataset: Dataset,
  split: string,
  seed: number,
): SampleSource {
  const { group, grid, units } = unitsPlaces(model, [input.layer]).at(-1)!;
  const logits = input.logits ?? namedLogits(model, input.layer);
  return {
    input,
    model,
    dataset,
    split,
    channels: units,
    logits,
    classes: logits === null ? 0 : model.hookPoint(logits).channels,
    grid,
    firstPosition: group.start,
    perImage: Math.min(input.positions, innerPositions(grid).length),
    indices: imageSample(dataset.splits[split]!, input.images, seed, 'images'),
  };
}

/** The output, where it has a value for each class that the model names. */
function namedLogits(model: HookedModel, layer: string): string | null {
  const output = model.hookPoint(model.network.output);
  const isLogits = output.axes.length === 1 && output.channels === model.classes?.length;
  return isLogits && output.name !== layer ? output.name : null;
}

export function noSamples({ indices, perImage, channels, classes, logits }: SampleSource): Samples {
  const samples = indices.length * perImage;
  return {
    images: 0,
    activations: new Float32Array(samples * channels),
    attributions: logits === null ? null : new Float32Array(samples * classes),
    image: new Int32Array(samples),
    position: new Int32Array(samples),
  };
}

/** Fills in one image after the other, from where the samples end; yields after each. */
export async function* sampleImages(
  source: SampleSource,
  samples: Samples,
  { seed, signal, threads }: Pick<RunContext, 'seed' | 'signal' | 'threads'>,
): AsyncGenerator<Samples, Samples> {
  const { input, model, dataset, split, logits, perImage, firstPosition, channels, classes } = source;
  const settings = { layer: input.layer, count: perImage, logits };
  using activationsOf = await startActivationSamples(model, settings, { threads });
  const inner = innerPositions(source.grid);
  let images = samples.images;
  const batches = imageBatches(dataset, {
    split,
    input: model.preprocessing,
    batch: 1,
    indices: source.indices.slice(images),
    signal,
  });
  for await (const { pixels, indices } of batches) {
    const index = indices[0]!;
    const positions = samplePositions(inner, perImage, randomFor(seed, index, 'atlas positions'));
    const found = await activationsOf.of(
      pixels,
      positions.map((position) => firstPosition + position),
    );
    const row = images * perImage;
    samples.activations.set(found.activations, row * channels);
    if (found.attributions) samples.attributions?.set(found.attributions, row * classes);
    samples.image.fill(index, row, row + perImage);
    samples.position.set(positions, row);
    images++;
    yield { ...samples, images };
  }
  return { ...samples, images };
}
