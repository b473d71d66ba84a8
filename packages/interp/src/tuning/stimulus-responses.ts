/** How every unit of chosen layers responds to stimuli in the middle of the image: only maxima leave the graph. */
import type { HookedModel } from '@fovea/models';
import type { tf } from '@fovea/tensor';
import { imageShape } from '../cut.ts';
import type { Engine, EngineOptions } from '../execution/engine.ts';
import { startExecution } from '../execution/execution.ts';
import { centralMaximum } from './central-window.ts';

export interface ResponseSettings {
  /** Hook points of channels, by name. */
  readonly layers: readonly string[];
  /** Images of one run. Responses do not depend on it. */
  readonly batch: number;
  /** Side of the square of positions of which the largest response counts. */
  readonly window: number;
}

export interface StimulusResponses extends Disposable {
  readonly engine: Engine;
  /**
   * @param pixels of a batch at the most, [images, height, width, channels] in [0, 1], of the model's nominal size
   * @returns of each layer, by name, [batch, channels]: first those of the images given
   */
  of(pixels: Float32Array): Promise<Readonly<Record<string, Float32Array>>>;
}

/** @throws UnknownLayerError, CompileError */
export async function startStimulusResponses(
  model: HookedModel,
  { layers, batch, window }: ResponseSettings,
  options: EngineOptions = {},
): Promise<StimulusResponses> {
  const points = layers.map((layer) => model.hookPoint(layer));
  const until = points.map(({ name }) => name);
  const shape = [batch, ...imageShape(model)];
  const size = shape.reduce((product, length) => product * length, 1);
  const execution = await startExecution(
    {
      model,
      key: ['stimulus responses', until, window],
      inputs: { image: { shape } },
      run({ image }) {
        const values = model.run(model.preprocess(image as tf.Tensor4D), { until });
        const maxima = points.map(
          (point) => [point.name, centralMaximum(values[point.name]!, model, point, window)] as const,
        );
        return Object.fromEntries(maxima);
      },
    },
    options,
  );
  return {
    engine: execution.engine,
    of(pixels) {
      const image = new Float32Array(size);
      image.set(pixels);
      return execution.run({ image });
    },
    [Symbol.dispose]: () => execution[Symbol.dispose](),
  };
}
