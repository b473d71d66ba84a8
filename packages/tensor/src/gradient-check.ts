/**
 * Gradients against finite differences, op by op, on the backend that is running.
 *
 * A case maps inputs to y; what is differentiated is Σ r·y for fixed weights r. Its derivative by one input element
 * is the fourth-order central difference (f(x−2h) − 8f(x−h) + 8f(x+h) − f(x+2h)) / 12h. The forward passes are
 * in the backend's float32; their differences are weighted and added in float64, so that only elements of y which
 * depend on that input contribute rounding. Inputs are multiples of h and stay further than 2h from any kink.
 */
import * as tf from '@tensorflow/tfjs';
import type { BackendName } from './backends/backend.ts';
import { gradientCases, type GradientCase } from './gradient-cases.ts';
import { randomFor } from './random.ts';

export interface GradientCheck {
  readonly op: string;
  readonly backend: BackendName;
  /** Largest |gradient − difference| over all elements, by the largest |difference|; null where it cannot run. */
  readonly maxRelativeError: number | null;
  /** Why it cannot run. */
  readonly reason?: string;
}

const step = 2 ** -6;

/** Needs a started backend, of which `backend` is the name in the rows. */
export async function checkGradients(backend: BackendName): Promise<GradientCheck[]> {
  const checks: GradientCheck[] = [];
  for (const gradientCase of gradientCases) checks.push(await checkGradient(gradientCase, backend));
  return checks;
}

export async function checkGradient(
  gradientCase: GradientCase,
  backend: BackendName,
): Promise<GradientCheck> {
  const { op } = gradientCase;
  try {
    return { op, backend, maxRelativeError: await maxRelativeError(gradientCase, eagerRunner(gradientCase)) };
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    return { op, backend, maxRelativeError: null, reason };
  }
}

/** Some way to run a case on values of its inputs. */
export interface CaseRunner {
  value(inputs: readonly Float32Array[]): Promise<Float32Array>;
  /** Of Σ weights · value, by each input. */
  gradients(inputs: readonly Float32Array[], weights: Float32Array): Promise<readonly Float32Array[]>;
}

/** Largest |gradient − difference| over all elements, by the largest |difference|. */
export async function maxRelativeError({ inputs }: GradientCase, runner: CaseRunner): Promise<number> {
  const values = inputs.map((input, index) => inputValues(input, index));
  const y = await runner.value(values);
  const weights = Float32Array.from(y, (_, index) => 1 + (index % 7) / 4 - (index % 3));
  const gradients = await runner.gradients(values, weights);
  let worst = 0;
  let largest = 0;
  for (const [index, input] of values.entries()) {
    for (let element = 0; element < input.length; element++) {
      const at = async (offset: number) => {
        const moved = input.with(element, input[element]! + offset * step);
        return runner.value(values.with(index, moved));
      };
      const [far, near, nearer, farther] = [await at(-2), await at(-1), await at(1), await at(2)];
      let difference = 0;
      for (const [place, weight] of weights.entries()) {
        difference +=
          (weight * (far[place]! - farther[place]! + 8 * (nearer[place]! - near[place]!))) / (12 * step);
      }
      worst = Math.max(worst, Math.abs(difference - gradients[index]![element]!));
      largest = Math.max(largest, Math.abs(difference));
    }
  }
  return worst / largest;
}

type Run = GradientCase['run'];
type Inputs = GradientCase['inputs'];

/** Multiples of the step without repetition, at least 5 steps apart and at least 2.5 steps from zero. */
function inputValues({ shape, isPositive }: Inputs[number], index: number): Float32Array {
  const size = tf.util.sizeFromShape([...shape]);
  const random = randomFor(1, index, `gradient check ${shape.join()}`);
  const order = Array.from({ length: size }, (_, place) => ({ place, key: random.uniform() }));
  order.sort((a, b) => a.key - b.key);
  const lowest = isPositive ? 8 : 5 * -Math.floor(size / 2) + 3;
  return Float32Array.from(order, ({ place }) => (lowest + 5 * place) * step);
}

function eagerRunner({ inputs, run }: GradientCase): CaseRunner {
  return {
    value: (values) => evaluate(run, inputs, values),
    gradients: (values, weights) => gradientsOf(run, inputs, values, weights),
  };
}

function makeInputs(inputs: Inputs, values: readonly Float32Array[]): tf.Tensor[] {
  return inputs.map(({ shape }, index) => tf.tensor(values[index]!, [...shape]));
}

async function evaluate(run: Run, inputs: Inputs, values: readonly Float32Array[]): Promise<Float32Array> {
  const y = tf.tidy(() => run(...makeInputs(inputs, values)));
  const result = await y.data<'float32'>();
  y.dispose();
  return result;
}

async function gradientsOf(
  run: Run,
  inputs: Inputs,
  values: readonly Float32Array[],
  weights: Float32Array,
): Promise<Float32Array[]> {
  const gradients = tf.tidy(() => {
    const objective = (...tensors: tf.Tensor[]) => {
      const y = run(...tensors);
      return tf.sum(tf.mul(y, tf.tensor(weights, y.shape)));
    };
    return tf.grads(objective)(makeInputs(inputs, values));
  });
  const results = await Promise.all(gradients.map((gradient) => gradient.data<'float32'>()));
  tf.dispose(gradients);
  return results;
}
