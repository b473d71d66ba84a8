/** Activations of a layer at chosen positions of an image, and what each adds to the logits. */
import type { HookedModel } from '@fovea/models';
import { tf } from '@fovea/tensor';
import { cutBetween, imageShape, runCut } from '../cut.ts';
import type { Engine, EngineOptions } from '../execution/engine.ts';
import { startExecution } from '../execution/execution.ts';
import { layerAxes } from '../layer-axes.ts';

export interface SampleSettings {
  /** Hook point of channels. */
  readonly layer: string;
  /** Positions of an image. */
  readonly count: number;
  /** Layer of the logits, downstream; null for no attributions. */
  readonly logits: string | null;
}

export interface ImageSamples {
  /** [count, channels] */
  readonly activations: Float32Array;
  /** [count, classes]; null where none are asked for. */
  readonly attributions: Float32Array | null;
}

export interface ActivationSamples extends Disposable {
  readonly engine: Engine;
  /**
   * @param pixels [height, width, channels] in [0, 1], of the model's nominal size
   * @param positions of the layer, row by row; of tokens their indices
   */
  of(pixels: Float32Array, positions: readonly number[]): Promise<ImageSamples>;
}

/** By how much an activation is raised and lowered, of itself: a power of two, so that doing so loses nothing. */
const step = 2 ** -6;

/**
 * The attribution of an activation h to a class is h · ∂logit/∂h (Carter et al., "Activation Atlas", 2019). It is the slope
 * of the logits along h, and that is measured by raising and lowering h: two runs from the layer on give all classes at
 * once, where gradients would take one for each.
 * @throws UnknownLayerError, CompileError
 */
export async function startActivationSamples(
  model: HookedModel,
  { layer, count, logits }: SampleSettings,
  options: EngineOptions = {},
): Promise<ActivationSamples> {
  const point = model.hookPoint(layer);
  const { positions } = layerAxes(point);
  const cut = logits === null ? null : cutBetween(model, layer, logits);
  const execution = await startExecution(
    {
      model,
      key: ['activation samples', point.name, logits, count],
      inputs: { image: { shape: [1, ...imageShape(model)] }, chosen: { shape: [count, positions] } },
      run({ image, chosen }): Record<string, tf.Tensor> {
        const values = model.run(model.preprocess(image as tf.Tensor4D), { until: [point.name] });
        const value = values[point.name]!.reshape([positions, point.channels]);
        const activations = tf.matMul(chosen!, value);
        if (cut === null) return { activations };
        const change = tf.mul(step, chosen!).expandDims(2);
        const changed = tf.concat([tf.mul(value, tf.add(1, change)), tf.mul(value, tf.sub(1, change))]);
        const ends = runCut(model, cut, changed.reshape([2 * count, ...point.shape]), image);
        const [raised, lowered] = tf.split(ends, 2) as [tf.Tensor, tf.Tensor];
        return { activations, attributions: tf.div(tf.sub(raised, lowered), 2 * step) };
      },
    },
    options,
  );
  return {
    engine: execution.engine,
    async of(pixels, places) {
      const chosen = new Float32Array(count * positions);
      for (const [index, position] of places.entries()) chosen[index * positions + position] = 1;
      const { activations, attributions = null } = await execution.run({ image: pixels, chosen });
      return { activations: activations!, attributions };
    },
    [Symbol.dispose]: () => execution[Symbol.dispose](),
  };
}
