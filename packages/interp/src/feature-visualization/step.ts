/**
 * One evaluation of the loss and its gradient: a pure function of the parameters and of what the host drew for
 * the step, without a read in between, so that it can be traced and compiled.
 */
import type { HookedModel } from '@fovea/models';
import { randomFor, tf } from '@fovea/tensor';
import { nonlinearitiesAt } from '../gradient/override.ts';
import { toTensors, type ParameterArray, type Parametrization } from '../parametrization/parametrization.ts';
import { transformsFor } from '../transform/build.ts';
import { layerValues, lossFunction } from './loss.ts';
import type { DrawContext } from '../transform/transform.ts';
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
  evaluate(parameters: readonly ParameterArray[], step: number): Promise<Evaluation>;
  /** Values of the objective's layers, for the picture as step 0 transforms it. */
  activations(parameters: readonly tf.Tensor[]): Record<string, tf.Tensor>;
}

/** Everything that a step is made of. */
export interface StepDefinition {
  readonly model: HookedModel;
  readonly settings: FeatureVisualizationSettings;
  readonly parametrization: Parametrization;
  readonly seed: number;
  /** Whether the gradient by the picture is asked for. */
  readonly imageGradient: boolean;
}

/** The draws of each step, a function of the seed and of the step alone. */
export function drawsOf(definition: StepDefinition) {
  const transforms = transformsFor(definition.model, definition.settings.transforms);
  return (step: number): HostInputs =>
    transforms.draw(definition.parametrization.shape, drawContext(definition, step)).draw;
}

export function drawContext({ model, settings, seed }: StepDefinition, step: number): DrawContext {
  return {
    random: randomFor(seed, step, 'transforms'),
    step,
    steps: settings.steps,
    modelInput: { height: model.preprocessing.height, width: model.preprocessing.width },
  };
}

/** On the current backend, op by op. */
export function eagerStep(definition: StepDefinition): Step {
  const { model, settings, parametrization, imageGradient } = definition;
  const loss = lossFunction(model, settings.objective, parametrization);
  const transforms = transformsFor(model, settings.transforms);
  const draw = drawsOf(definition);

  return {
    async evaluate(parameters, step) {
      const draws = draw(step);
      const transform = (image: tf.Tensor4D) => transforms.apply(image, draws);
      const nonlinearities = nonlinearitiesAt(step, settings.gradients);
      const tensors = tf.tidy(() => {
        const leaves = toTensors(parameters);
        if (imageGradient) leaves.push(tf.zeros([...parametrization.shape]));
        const { value, grads } = tf.valueAndGrads((...all: tf.Tensor[]) =>
          loss(all.slice(0, parameters.length), {
            transform,
            nonlinearities,
            offset: all[parameters.length],
          }),
        )(leaves);
        return [value, ...grads];
      });
      const [value, ...gradients] = (await readAndDispose(tensors)) as [Float32Array, ...Float32Array[]];
      const ofImage = imageGradient ? gradients.pop()! : new Float32Array();
      return { objective: -value[0]!, gradients, imageGradient: ofImage };
    },
    activations(parameters) {
      return tf.tidy(() => {
        const image = transforms.apply(parametrization.image(parameters), draw(0));
        return layerValues(model, settings.objective, image);
      });
    },
  };
}

async function readAndDispose(tensors: readonly tf.Tensor[]): Promise<Float32Array[]> {
  const values = await Promise.all(tensors.map((tensor) => tensor.data<'float32'>()));
  tf.dispose([...tensors]);
  return values;
}
