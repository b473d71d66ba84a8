/**
 * Flow matching (Lipman et al., "Flow Matching for Generative Modeling", 2023): samples move from noise at time 0 to
 * data at time 1 along dx/dt = v(x, t). In training x_t = t · x_1 + (1 − t) · noise.
 */
import { tf } from '@fovea/tensor';

/** Of the shape of `sample`; pure. */
export type VelocityField = (sample: tf.Tensor, time: number) => tf.Tensor;

export interface IntegrationOptions {
  /** Of equal length. */
  readonly steps: number;
  /** Heun's method takes two evaluations for a step, but for the last, at whose end a velocity may be 0/0. */
  readonly method?: 'euler' | 'heun';
}

/** The velocity that a network implies which tells the clean sample x_1: (x_1 − x_t) / (1 − t), for t < 1. */
export function velocityTo(clean: tf.Tensor, sample: tf.Tensor, time: number): tf.Tensor {
  return tf.tidy(() => clean.sub(sample).div(1 - time));
}

/** Classifier-free guidance (Ho and Salimans, 2022): weight 1 is the conditional prediction itself. */
export function guided(conditional: tf.Tensor, unconditional: tf.Tensor, weight: number): tf.Tensor {
  return tf.tidy(() => unconditional.add(conditional.sub(unconditional).mul(weight)));
}

/** From noise to a sample. The caller owns both. */
export function integrateFlow(
  velocity: VelocityField,
  noise: tf.Tensor,
  { steps, method = 'euler' }: IntegrationOptions,
): tf.Tensor {
  let sample = noise.clone();
  for (let step = 0; step < steps; step++) {
    const corrected = method === 'heun' && step < steps - 1;
    const next = tf.tidy(() => advance(velocity, sample, step / steps, 1 / steps, corrected));
    sample.dispose();
    sample = next;
  }
  return sample;
}

function advance(
  velocity: VelocityField,
  sample: tf.Tensor,
  time: number,
  length: number,
  corrected: boolean,
): tf.Tensor {
  const first = velocity(sample, time);
  const euler = sample.add(first.mul(length));
  if (!corrected) return euler;
  const second = velocity(euler, time + length);
  return sample.add(first.add(second).mul(length / 2));
}
