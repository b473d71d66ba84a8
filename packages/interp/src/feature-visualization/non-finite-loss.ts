import { tf } from '@fovea/tensor';
import { toTensors, type ParameterArray, type Parametrization } from '../parametrization/parametrization.ts';
import type { Step } from './step.ts';

/** The objective or its gradient became NaN or infinite. */
export class NonFiniteLossError extends Error {
  override readonly name = 'NonFiniteLossError';
  readonly code = 'LOSS_NOT_FINITE';
  /** What has to change: the settings or the model. */
  readonly fault: 'input' | 'model';
  /** `step` is counted from 0. */
  readonly details: { readonly step: number; readonly likelyCause: string };

  constructor(step: number, objective: number, fault: 'input' | 'model', likelyCause: string) {
    super(
      `At step ${step} the objective is ${objective} or its gradient is not finite. Likely cause: ${likelyCause}`,
    );
    this.fault = fault;
    this.details = { step, likelyCause };
  }
}

/** Follows the values from parameters to objective until the first that is not finite. */
export async function nonFiniteLoss(
  step: number,
  objective: number,
  parameters: readonly ParameterArray[],
  parametrization: Parametrization,
  evaluator: Step,
): Promise<NonFiniteLossError> {
  const fail = (fault: 'input' | 'model', likelyCause: string) =>
    new NonFiniteLossError(step, objective, fault, likelyCause);
  if (!parameters.every(({ values }) => values.every(Number.isFinite)))
    return fail('input', 'the parameters grew beyond all bounds: lower the learning rate');
  const leaves = toTensors(parameters);
  const image = tf.tidy(() => parametrization.image(leaves));
  const layers = evaluator.activations(leaves);
  try {
    if (!(await isFinite(image)))
      return fail('input', 'the parametrization overflowed: lower the learning rate');
    for (const [name, value] of Object.entries(layers)) {
      if (!(await isFinite(value)))
        return fail(
          'model',
          `the network itself gives values in ${name} that are not finite: check its weights and the value range of its preprocessing`,
        );
    }
    return fail(
      'input',
      'the objective: its terms overflow or divide by zero although all activations are finite',
    );
  } finally {
    tf.dispose([...leaves, image, layers]);
  }
}

async function isFinite(tensor: tf.Tensor): Promise<boolean> {
  const values = await tensor.data();
  return values.every(Number.isFinite);
}
