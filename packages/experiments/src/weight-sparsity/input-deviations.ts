/** How much each channel of a layer varies over images. */
import { imageBatches, type Dataset } from '@fovea/data';
import { emptySweep, sweepBatches, unitStatistics, type ImageBatch } from '@fovea/interp';
import type { HookedModel } from '@fovea/models';
import { splitOf } from '../activation-sweep/split.ts';
import type { RunContext } from '../kind.ts';

const batch = 8;

/**
 * The standard deviation of each channel over the first images of a split, at all positions; of a transformer's layer,
 * at the positions of patches.
 * @param limit images at most
 */
export async function inputDeviations(
  model: HookedModel,
  layer: string,
  dataset: Dataset,
  limit: number,
  { signal, threads }: Pick<RunContext, 'signal' | 'threads'>,
): Promise<Float32Array> {
  const sweep = emptySweep(model, { layers: [layer], batch, top: 1, sample: [], classes: 0 });
  for await (const _ of sweepBatches(sweep, model, batchesOf(model, dataset, limit, signal), { threads }))
    signal.throwIfAborted();
  // Patches come after the special tokens.
  const swept = sweep.layers.at(-1)!;
  return Float32Array.from(
    { length: model.hookPoint(layer).channels },
    (_, unit) => unitStatistics(sweep, swept, unit).deviation,
  );
}

async function* batchesOf(
  model: HookedModel,
  dataset: Dataset,
  limit: number,
  signal: AbortSignal,
): AsyncGenerator<ImageBatch> {
  const split = splitOf(null, dataset)!;
  const indices = Array.from({ length: Math.min(limit, dataset.splits[split]!) }, (_, index) => index);
  const options = { split, input: model.preprocessing, batch, indices, signal };
  for await (const decoded of imageBatches(dataset, options))
    yield { ...decoded, labels: decoded.indices.map(() => null) };
}
