import type { HookedModel, Nonlinearities } from '@fovea/models';
import { tf } from '@fovea/tensor';
import { layersOf, objectiveOf } from '../objective/build.ts';
import type { ObjectiveExpression } from '../objective/expression.ts';
import type { Activations } from '../objective/objective.ts';
import type { Parametrization } from '../parametrization/parametrization.ts';

/** What one evaluation of the loss depends on besides the parameters. */
export interface LossInputs {
  /** The transforms as they were drawn. */
  readonly transform: (image: tf.Tensor4D) => tf.Tensor4D;
  readonly nonlinearities: Partial<Nonlinearities>;
  /** Added to the picture; its gradient is that of the picture. */
  readonly offset?: tf.Tensor | undefined;
  readonly vector?: Activations['vector'];
}

/** −objective of the transformed picture of some parameters, as Lucid minimises it. */
export function lossFunction(
  model: HookedModel,
  expression: ObjectiveExpression,
  parametrization: Parametrization,
): (parameters: readonly tf.Tensor[], inputs: LossInputs) => tf.Scalar {
  const objective = objectiveOf(expression);
  return (parameters, { transform, nonlinearities, offset, vector }) => {
    const plain = parametrization.image(parameters);
    const image = offset ? tf.add<tf.Tensor4D>(plain, offset) : plain;
    const values = layerValues(model, expression, transform(image), nonlinearities);
    const layer = (name: string) => (name === 'input' ? image : values[name]!);
    return tf.neg<tf.Scalar>(objective({ layer, classes: model.classes, vector }));
  };
}

/** Values of the layers that an objective reads. */
export function layerValues(
  model: HookedModel,
  expression: ObjectiveExpression,
  image: tf.Tensor4D,
  nonlinearities: Partial<Nonlinearities> = {},
): Record<string, tf.Tensor> {
  const layers = layersOf(expression);
  return layers.length === 0 ? {} : model.run(model.preprocess(image), { until: layers, nonlinearities });
}
