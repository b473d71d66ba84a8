/**
 * One evaluation of the loss and its gradient: a pure function of the parameters and of what the host drew for
 * the step, without a read in between, so that it can be traced and compiled.
 */
import type { HookedModel } from '@fovea/models';
import { randomFor, tf } from '@fovea/tensor';
import { nonlinearitiesAt } from '../gradient/override.ts';
import { layersOf, objectiveOf } from '../objective/build.ts';
import { toTensors, type ParameterArray, type Parametrization } from '../parametrization/parametrization.ts';
import { transformsFor } from '../transform/build.ts';
import type { FeatureVisualizationSettings } from './settings.ts';

/** What the host draws for a step: it enters the step beside the parameters. */
export type HostInputs = readonly unknown[];

export interface Evaluation {
  /** What is maximised, on the transformed picture. The loss is its negative, as in Lucid. */
  readonly objective: number;
  /** Of the loss, in the shapes of the parameters. */
  readonly gradients: readonly Float32Array[];
  /** Of the loss by the picture before transforms; empty unless asked for. */
  readonly imageGradient: Float32Array;
}

export interface Step {
  draw(step: number): HostInputs;
  evaluate(parameters: readonly ParameterArray[], inputs: HostInputs, step: number): Promise<Evaluation>;
  /** Values of the objective's layers, for the picture as step 0 transforms it. */
  activations(parameters: readonly tf.Tensor[]): Record<string, tf.Tensor>;
}

export function makeStep(
  model: HookedModel,
  settings: FeatureVisualizationSettings,
  parametrization: Parametrization,
  seed: number,
  { imageGradient = false } = {},
): Step {
  const objective = objectiveOf(settings.objective);
  const layers = layersOf(settings.objective);
  const transforms = transformsFor(model, settings.transforms);
  const modelInput = { height: model.preprocessing.height, width: model.preprocessing.width };

  function lossOf(
    parameters: readonly tf.Tensor[],
    offset: tf.Tensor | undefined,
    inputs: HostInputs,
    step: number,
  ) {
    const plain = parametrization.image(parameters);
    const image = offset ? tf.add<tf.Tensor4D>(plain, offset) : plain;
    const nonlinearities = nonlinearitiesAt(step, settings.gradients);
    const values = run(transforms.apply(image, inputs), nonlinearities);
    const layer = (name: string) => (name === 'input' ? image : values[name]!);
    return tf.neg<tf.Scalar>(objective({ layer, classes: model.classes }));
  }

  function run(image: tf.Tensor4D, nonlinearities = {}): Record<string, tf.Tensor> {
    if (layers.length === 0) return {};
    return model.run(model.preprocess(image), { until: layers, nonlinearities });
  }

  function draw(step: number): HostInputs {
    const random = randomFor(seed, step, 'transforms');
    return transforms.draw(parametrization.shape, { random, step, steps: settings.steps, modelInput }).draw;
  }

  return {
    draw,
    async evaluate(parameters, inputs, step) {
      const tensors = tf.tidy(() => {
        const leaves = toTensors(parameters);
        if (imageGradient) leaves.push(tf.zeros([...parametrization.shape]));
        const loss = (...all: tf.Tensor[]) =>
          lossOf(all.slice(0, parameters.length), all[parameters.length], inputs, step);
        const { value, grads } = tf.valueAndGrads(loss)(leaves);
        return [value, ...grads];
      });
      const [loss, ...gradients] = (await readAndDispose(tensors)) as [Float32Array, ...Float32Array[]];
      const ofImage = imageGradient ? gradients.pop()! : new Float32Array();
      return { objective: -loss[0]!, gradients, imageGradient: ofImage };
    },
    activations(parameters) {
      return tf.tidy(() => run(transforms.apply(parametrization.image(parameters), draw(0))));
    },
  };
}

async function readAndDispose(tensors: readonly tf.Tensor[]): Promise<Float32Array[]> {
  const values = await Promise.all(tensors.map((tensor) => tensor.data<'float32'>()));
  tf.dispose([...tensors]);
  return values;
}
