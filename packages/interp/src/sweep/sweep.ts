/**
 * What every unit of some layers does over a data set, by one forward pass for each image. What is kept of a unit does
 * not grow with the number of images, and does not depend on how the images are divided into batches and shards.
 */
import type { HookedModel } from '@fovea/models';
import type { Engine, EngineOptions } from '../execution/engine.ts';
import { SweepMismatchError } from './errors.ts';
import { addBatch, emptyLayerSweep, mergeLayer, type LayerSweep } from './layer-sweep.ts';
import type { SweepSettings } from './settings.ts';
import { startUnitValues, unitsPlaces, type ImageBatch } from './unit-values.ts';

/** Of some images; those of disjoint parts of a data set merge into that of the whole, to the last bit. */
export interface Sweep {
  /** Digest of the model. */
  readonly model: string;
  readonly settings: SweepSettings;
  /** Null before the first batch. */
  engine: Engine | null;
  /** How many were seen. */
  images: number;
  /** For each image of the sample, whether it was seen: 0 or 1. */
  readonly seen: Uint8Array;
  /** One for each layer, or for each group of a layer's tokens. */
  readonly layers: readonly LayerSweep[];
}

/** @throws UnknownLayerError */
export function emptySweep(model: HookedModel, settings: SweepSettings): Sweep {
  return {
    model: model.digest,
    settings,
    engine: null,
    images: 0,
    seen: new Uint8Array(settings.sample.length),
    layers: unitsPlaces(model, settings.layers).map((place) => emptyLayerSweep(place, settings)),
  };
}

/**
 * Adds images to a sweep, and yields whenever a batch is in it as a whole. The stream should have its next batch ready:
 * decoding and resizing are its part.
 * @throws SweepBatchError, NonFiniteActivationError, CompileError
 */
export async function* sweepBatches(
  into: Sweep,
  model: HookedModel,
  batches: AsyncIterable<ImageBatch> | Iterable<ImageBatch>,
  options: EngineOptions = {},
): AsyncGenerator<Sweep, Sweep> {
  const { settings, layers } = into;
  using unitValues = await startUnitValues(model, layers, settings.batch, options);
  into.engine ??= unitValues.engine;
  const rowOf = new Map(settings.sample.map((image, row) => [image, row]));
  for await (const { batch, values } of unitValues.of(batches)) {
    for (const [index, layer] of layers.entries())
      addBatch(layer, values[index]!, batch, { top: settings.top, rowOf });
    for (const image of batch.indices) {
      const row = rowOf.get(image);
      if (row !== undefined) into.seen[row] = 1;
    }
    into.images += batch.indices.length;
    yield into;
  }
  return into;
}

/**
 * All images at once.
 * @throws UnknownLayerError, SweepBatchError, NonFiniteActivationError, CompileError
 */
export async function sweep(
  model: HookedModel,
  batches: AsyncIterable<ImageBatch> | Iterable<ImageBatch>,
  settings: SweepSettings,
  options: EngineOptions = {},
): Promise<Sweep> {
  const swept = emptySweep(model, settings);
  for await (const _ of sweepBatches(swept, model, batches, options));
  return swept;
}

/**
 * Adds to a sweep what another saw. Whether their images are disjoint is for the caller to know.
 * @throws SweepMismatchError
 */
export function mergeSweep(into: Sweep, other: Sweep): void {
  for (const what of ['model', 'settings', 'engine'] as const)
    if (JSON.stringify(other[what]) !== JSON.stringify(into[what])) throw new SweepMismatchError(what);
  const rows = [...other.seen.keys()].filter((row) => other.seen[row] === 1);
  for (const [index, layer] of into.layers.entries())
    mergeLayer(layer, other.layers[index]!, into.settings.top, rows);
  for (const row of rows) into.seen[row] = 1;
  into.images += other.images;
}
