/** What every unit of chosen layers does at every position of one image. */
import type { HookedModel } from '@fovea/models';
import { tf } from '@fovea/tensor';
import { imageShape } from '../cut.ts';
import type { Engine, EngineOptions } from '../execution/engine.ts';
import { startExecution } from '../execution/execution.ts';
import { layerAxes, unitsByPositions } from '../layer-axes.ts';
import { groupPoint, ofGroup } from '../sweep/reductions.ts';
import { tokenGroups, type TokenGroup } from '../sweep/token-groups.ts';

export interface ActivationMaps {
  readonly layer: string;
  readonly group: TokenGroup;
  /** Rows and columns in which the positions lie; [1, 1] where a unit has a single value. */
  readonly grid: readonly [number, number];
  readonly units: number;
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
 * @throws UnknownLayerError, FeedError, CompileError
 */
export async function imageActivations(
  model: HookedModel,
  pixels: Float32Array,
  layers: readonly string[],
  options: EngineOptions = {},
): Promise<ImageActivations> {
  const places = layers.flatMap((layer) => {
    const point = model.hookPoint(layer);
    return tokenGroups(model, point).map((group) => ({ point, group }));
  });
  using execution = await startExecution(
    {
      model,
      key: ['image activations', layers],
      inputs: { image: { shape: [1, ...imageShape(model)] } },
      run({ image }) {
        const values = model.run(model.preprocess(image as tf.Tensor4D), { until: layers });
        const maps = places.map(({ point, group }) =>
          unitsByPositions(ofGroup(values[point.name]!, point, group), layerAxes(groupPoint(point, group))),
        );
        return Object.fromEntries(maps.map((map, index) => [String(index), map]));
      },
    },
    options,
  );
  const results = await execution.run({ image: pixels });
  const maps = places.map(({ point, group }, index): ActivationMaps => {
    const { units, positionShape } = layerAxes(groupPoint(point, group));
    const grid = gridOf(positionShape, model.preprocessing);
    return { layer: point.name, group, grid, units, values: results[String(index)]! };
  });
  return { engine: execution.engine, maps };
}

/** Patches are square, so their rows and columns have the proportions of the image. */
function gridOf(
  positionShape: readonly number[],
  image: { height: number; width: number },
): [number, number] {
  const [rows = 1, columns] = positionShape;
  if (columns !== undefined) return [rows, columns];
  const down = Math.round(Math.sqrt((rows * image.height) / image.width));
  return rows % down === 0 ? [down, rows / down] : [1, rows];
}
