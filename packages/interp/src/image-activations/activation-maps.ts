/** What every unit of chosen layers does at every position of one image. */
import type { HookedModel } from '@fovea/models';
import type { Engine, EngineOptions } from '../execution/engine.ts';
import { startUnitValues, unitsPlaces, type UnitsPlace } from '../sweep/unit-values.ts';

export interface ActivationMaps extends Pick<UnitsPlace, 'layer' | 'group' | 'units' | 'grid'> {
  /** [units, rows, columns] */
  readonly values: Float32Array;
}

export interface ImageActivations {
  readonly engine: Engine;
  /** Layer by layer as asked for, and in each the class token before the patches. */
  readonly maps: readonly ActivationMaps[];
}

/**
 * @param pixels [height, width, channels] in [0, 1], of the model's nominal size
 * @throws UnknownLayerError, SweepBatchError, CompileError
 */
export async function imageActivations(
  model: HookedModel,
  pixels: Float32Array,
  layers: readonly string[],
  options: EngineOptions = {},
): Promise<ImageActivations> {
  const places = unitsPlaces(model, layers);
  using units = await startUnitValues(model, places, 1, options);
  let values: readonly Float32Array[] = [];
  for await (const batch of units.of([{ pixels, indices: [0] }])) values = batch.values;
  return {
    engine: units.engine,
    maps: places.map(({ layer, group, units: count, grid }, index) => ({
      layer,
      group,
      units: count,
      grid,
      values: values[index]!,
    })),
  };
}
