/// <reference lib="esnext.float16" />
/** Whole activation maps of chosen images: a second pass, over those images alone. */
import type { HookedModel } from '@fovea/models';
import type { EngineOptions } from '../execution/engine.ts';
import type { Example } from './examples.ts';
import { startUnitValues, type ImageBatch, type UnitsPlace } from './unit-values.ts';

export interface LayerExamples extends UnitsPlace {
  /** [units][examples]; every unit has as many. */
  readonly examples: readonly (readonly Example[])[];
}

export interface ExampleMaps extends LayerExamples {
  /** [units, examples, positions]. What is beyond float16 is its infinity. */
  readonly maps: Float16Array;
}

/** Indices in increasing order: what the second pass must be given. */
export function imagesOf(layers: readonly LayerExamples[]): number[] {
  const images = new Set<number>();
  for (const { examples } of layers)
    for (const ofUnit of examples) for (const { image } of ofUnit) images.add(image);
  return [...images].toSorted((a, b) => a - b);
}

export function emptyMaps(layer: LayerExamples): ExampleMaps {
  const examples = layer.examples[0]?.length ?? 0;
  return { ...layer, maps: new Float16Array(layer.units * examples * layer.positions) };
}

/**
 * Fills the maps in, and yields after each batch how many images it had.
 * @throws SweepBatchError, CompileError
 */
export async function* fillMaps(
  into: readonly ExampleMaps[],
  model: HookedModel,
  batches: AsyncIterable<ImageBatch> | Iterable<ImageBatch>,
  { batch: batchSize, ...options }: EngineOptions & { readonly batch: number },
): AsyncGenerator<number> {
  const wanted = into.map(wantedByImage);
  using unitValues = await startUnitValues(model, into, batchSize, options);
  for await (const { batch, values } of unitValues.of(batches)) {
    for (const [index, { maps, units, positions }] of into.entries())
      for (const [place, image] of batch.indices.entries())
        for (const { unit, row } of wanted[index]!.get(image) ?? []) {
          const start = (place * units + unit) * positions;
          maps.set(values[index]!.subarray(start, start + positions), row * positions);
        }
    yield batch.indices.length;
  }
}

interface Wanted {
  readonly unit: number;
  /** Unit · examples + example. */
  readonly row: number;
}

function wantedByImage({ examples }: LayerExamples): Map<number, Wanted[]> {
  const wanted = new Map<number, Wanted[]>();
  let row = 0;
  for (const [unit, ofUnit] of examples.entries())
    for (const { image } of ofUnit) {
      const places = wanted.get(image) ?? [];
      places.push({ unit, row: row++ });
      wanted.set(image, places);
    }
  return wanted;
}
