/** The values of all units of chosen layers, image by image: what a sweep reads. */
import type { HookedModel } from '@fovea/models';
import type { tf } from '@fovea/tensor';
import { imageShape } from '../cut.ts';
import type { Engine, EngineOptions } from '../execution/engine.ts';
import { startExecution, type Computation } from '../execution/execution.ts';
import { layerAxes } from '../layer-axes.ts';
import { positionGrid, type PositionGrid } from '../position-grid.ts';
import { SweepBatchError } from './errors.ts';
import { groupPoint, groupValues, tokenGroups, type TokenGroup } from './token-groups.ts';

export interface ImageBatch {
  /** [images, height, width, channels] in [0, 1], of the size that the model's preprocessing names. */
  readonly pixels: Float32Array;
  /** Which images of the data set these are, in increasing order. */
  readonly indices: readonly number[];
  /** Class of each; null where it has none. Default: none has. */
  readonly labels?: readonly (number | null)[];
}

/** A layer, or the part of a layer's tokens that is summed up by itself. */
export interface UnitsPlace {
  readonly layer: string;
  readonly group: TokenGroup;
  /** [channels], or [heads, channels], or [heads]; units count in its order. */
  readonly unitShape: readonly number[];
  readonly units: number;
  /** Of each image. */
  readonly positions: number;
  readonly grid: PositionGrid;
}

/** @throws UnknownLayerError */
export function unitsPlaces(model: HookedModel, layers: readonly string[]): UnitsPlace[] {
  return layers.flatMap((name) => {
    const point = model.hookPoint(name);
    return tokenGroups(model, point).map((group) => {
      const { unitShape, units, positions, positionShape } = layerAxes(groupPoint(point, group));
      const grid = positionGrid(positionShape, model.preprocessing);
      return { layer: point.name, group, unitShape, units, positions, grid };
    });
  });
}

export interface BatchValues {
  readonly batch: ImageBatch;
  /** Of each place: [images, units, positions], and what fills the last batch up. */
  readonly values: readonly Float32Array[];
}

export interface UnitValues extends Disposable {
  readonly engine: Engine;
  /** Computes the next batch while the one before is read. @throws SweepBatchError */
  of(batches: AsyncIterable<ImageBatch> | Iterable<ImageBatch>): AsyncGenerator<BatchValues>;
}

/** @throws UnknownLayerError, CompileError */
export async function startUnitValues(
  model: HookedModel,
  places: readonly UnitsPlace[],
  batchSize: number,
  options: EngineOptions,
): Promise<UnitValues> {
  const execution = await startExecution(computation(model, places, batchSize), options);
  const run = async (batch: ImageBatch): Promise<BatchValues> => {
    const results = await execution.run({ image: pixelsOf(model, batch, batchSize) });
    return { batch, values: places.map((_, index) => results[String(index)]!) };
  };
  return {
    engine: execution.engine,
    async *of(batches) {
      let running: Promise<BatchValues> | undefined;
      for await (const batch of batches) {
        const next = run(batch);
        // Whoever stops reading early does not learn of it.
        next.catch(() => undefined);
        if (running) yield await running;
        running = next;
      }
      if (running) yield await running;
    },
    [Symbol.dispose]: () => execution[Symbol.dispose](),
  };
}

function computation(model: HookedModel, places: readonly UnitsPlace[], batch: number): Computation {
  const layers = [...new Set(places.map(({ layer }) => layer))];
  return {
    model,
    key: ['unit values', layers],
    inputs: { image: { shape: [batch, ...imageShape(model)] } },
    run({ image }) {
      const values = model.run(model.preprocess(image as tf.Tensor4D), { until: layers });
      const ofPlaces = places.map(({ layer, group }) =>
        groupValues(values[layer]!, model.hookPoint(layer), group),
      );
      return Object.fromEntries(ofPlaces.map((value, index) => [String(index), value]));
    },
  };
}

/** Filled up to a whole batch. */
function pixelsOf(model: HookedModel, { pixels, indices }: ImageBatch, batch: number): Float32Array {
  const size = imageShape(model).reduce((product, length) => product * length, 1);
  if (indices.length === 0 || indices.length > batch)
    throw new SweepBatchError(`has ${indices.length} images; 1 to ${batch} fit`);
  if (pixels.length !== indices.length * size)
    throw new SweepBatchError(
      `has ${pixels.length} values; ${indices.length} images of [${imageShape(model).join(', ')}] have ${indices.length * size}`,
    );
  if (indices.some((index, place) => place > 0 && index <= indices[place - 1]!))
    throw new SweepBatchError(`has its images in the order ${indices.join(', ')}, not in increasing order`);
  if (indices.length === batch) return pixels;
  const filled = new Float32Array(batch * size);
  filled.set(pixels);
  return filled;
}
