/** Statistics of layers over a data set: one forward pass for each image, and only sums, extremes and the best leave it. */
import type { HookedModel } from '@fovea/models';
import type { tf } from '@fovea/tensor';
import { imageShape } from '../cut.ts';
import type { Engine, EngineOptions } from '../execution/engine.ts';
import { startExecution, type Computation, type Results } from '../execution/execution.ts';
import { SweepBatchError, SweepMismatchError } from './errors.ts';
import { addReductions, emptyLayerSweep, mergeLayer, settled, type LayerSweep } from './layer-sweep.ts';
import { reduceLayer, type Reductions } from './reductions.ts';
import type { SweepSettings } from './settings.ts';
import { tokenGroups } from './token-groups.ts';

export interface ImageBatch {
  /** [images, height, width, channels] in [0, 1], of the size that the model's preprocessing names. */
  readonly pixels: Float32Array;
  /** Which images of the data set these are, in increasing order. */
  readonly indices: readonly number[];
}

/** Of some images; those of disjoint parts of a data set merge into that of the whole, to the last bit. */
export interface Sweep {
  /** Digest of the model. */
  readonly model: string;
  readonly settings: SweepSettings;
  readonly engine: Engine;
  readonly images: number;
  /** One for each layer, or for each group of a layer's tokens. */
  readonly layers: readonly LayerSweep[];
}

/**
 * The stream should have its next batch ready: decoding and resizing are its part.
 * @throws UnknownLayerError, SweepBatchError, NonFiniteActivationError, CompileError
 */
export async function sweep(
  model: HookedModel,
  batches: AsyncIterable<ImageBatch> | Iterable<ImageBatch>,
  settings: SweepSettings,
  options: EngineOptions = {},
): Promise<Sweep> {
  const layers = emptyLayers(model, settings);
  using execution = await startExecution(sweepComputation(model, layers, settings), options);
  let images = 0;
  for await (const batch of batches) {
    const results = await execution.run(feedsOf(model, batch, settings));
    for (const [index, layer] of layers.entries())
      addReductions(layer, reductionsOf(results, index), batch.indices, settings);
    images += batch.indices.length;
  }
  return { model: model.digest, settings, engine: execution.engine, images, layers: layers.map(settled) };
}

/**
 * As if one sweep had seen the images of all. Whether they are disjoint is for the caller to know.
 * @throws SweepMismatchError
 */
export function mergeSweeps([first, ...others]: readonly [Sweep, ...Sweep[]]): Sweep {
  const merged = structuredClone(first);
  for (const other of others) {
    for (const what of ['model', 'settings', 'engine'] as const)
      if (JSON.stringify(other[what]) !== JSON.stringify(first[what])) throw new SweepMismatchError(what);
    for (const [index, layer] of merged.layers.entries())
      mergeLayer(layer, other.layers[index]!, first.settings);
  }
  const images = [first, ...others].reduce((sum, each) => sum + each.images, 0);
  return { ...merged, images, layers: merged.layers.map(settled) };
}

function emptyLayers(model: HookedModel, settings: SweepSettings): LayerSweep[] {
  return settings.layers.flatMap((name) => {
    const point = model.hookPoint(name);
    return tokenGroups(model, point).map((group) => emptyLayerSweep(point, group, settings));
  });
}

function sweepComputation(
  model: HookedModel,
  layers: readonly LayerSweep[],
  settings: SweepSettings,
): Computation {
  return {
    model,
    key: ['sweep', settings],
    inputs: {
      image: { shape: [settings.batch, ...imageShape(model)] },
      valid: { shape: [settings.batch] },
    },
    run({ image, valid }) {
      const until = [...new Set(layers.map(({ layer }) => layer))];
      const values = model.run(model.preprocess(image as tf.Tensor4D), { until });
      const reduced = layers.map(({ layer, group }, index) => {
        const reductions = reduceLayer(values[layer]!, valid as tf.Tensor1D, {
          point: model.hookPoint(layer),
          group,
          settings,
        });
        return Object.entries(reductions).map(([name, tensor]) => [resultName(index, name), tensor] as const);
      });
      return Object.fromEntries(reduced.flat());
    },
  };
}

const resultName = (layer: number, reduction: string) => `${layer} ${reduction}`;

function reductionsOf(results: Results, layer: number): Reductions<Float32Array> {
  const prefix = resultName(layer, '');
  const own = Object.entries(results).filter(([name]) => name.startsWith(prefix));
  return Object.fromEntries(own.map(([name, values]) => [name.slice(prefix.length), values])) as never;
}

function feedsOf(model: HookedModel, { pixels, indices }: ImageBatch, { batch }: SweepSettings) {
  const size = imageShape(model).reduce((product, length) => product * length, 1);
  if (indices.length === 0 || indices.length > batch)
    throw new SweepBatchError(`has ${indices.length} images; 1 to ${batch} fit`);
  if (pixels.length !== indices.length * size)
    throw new SweepBatchError(
      `has ${pixels.length} values; ${indices.length} images of [${imageShape(model).join(', ')}] have ${indices.length * size}`,
    );
  if (indices.some((index, place) => place > 0 && index <= indices[place - 1]!))
    throw new SweepBatchError(`has its images in the order ${indices.join(', ')}, not in increasing order`);
  const image = new Float32Array(batch * size);
  image.set(pixels);
  const valid = Float32Array.from({ length: batch }, (_, place) => Number(place < indices.length));
  return { image, valid };
}
