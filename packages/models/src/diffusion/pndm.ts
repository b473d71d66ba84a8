/**
 * Liu et al., "Pseudo Numerical Methods for Diffusion Models on Manifolds", 2022: equations (9), (12) and (13), with the
 * warm-up of diffusers: pseudo Runge-Kutta steps, or the shorter one of Stable Diffusion.
 */
import { tf } from '@fovea/tensor';
import { denoise } from './denoised.ts';
import { alphaBarAt, type SamplingPlan } from './sampling-plan.ts';
import type { PndmConfig } from './scheduler-config.ts';
import { stride } from './timesteps.ts';

/** What earlier steps left for later ones: outputs and samples that the caller gave, which must live as long. */
export interface PndmHistory {
  /** Outputs at whole strides, oldest first: the last four at most. */
  readonly outputs: readonly tf.Tensor[];
  /** The sample from which the step under way set out. */
  readonly origin?: tf.Tensor;
  /** The weighted outputs so far of a Runge-Kutta step. */
  readonly sum?: tf.Tensor;
}

export interface PndmStep {
  readonly sample: tf.Tensor;
  readonly history: PndmHistory;
}

export const emptyHistory: PndmHistory = { outputs: [] };

/**
 * @param index of the plan's timesteps
 * @param sample x_t
 * @param output what the network made of it
 * @param history what the step before returned
 */
export function pndmStep(
  plan: SamplingPlan<PndmConfig>,
  index: number,
  sample: tf.Tensor,
  output: tf.Tensor,
  history: PndmHistory,
): PndmStep {
  const warmUp = plan.config.skipPrkSteps ? 0 : rungeKuttaSteps(plan);
  if (index < warmUp) return rungeKuttaStep(plan, index, sample, output, history);
  if (plan.config.skipPrkSteps && index === 1) return heunStep(plan, index, output, history);
  return multistep(plan, index, sample, output, history);
}

/** Four evaluations for each of three strides. */
function rungeKuttaSteps({ steps, timesteps }: SamplingPlan<PndmConfig>): number {
  return timesteps.length - Math.max(steps - 3, 0);
}

function rungeKuttaStep(
  plan: SamplingPlan<PndmConfig>,
  index: number,
  sample: tf.Tensor,
  output: tf.Tensor,
  history: PndmHistory,
): PndmStep {
  const stage = index % 4;
  const from = plan.timesteps[index - stage]!;
  const half = Math.floor(stride(plan.config, plan.steps) / 2);
  const to = plan.timesteps[index]! - (stage % 2 === 0 ? half : 0);
  const origin = stage === 0 ? sample : history.origin!;
  const outputs = stage === 0 ? [...history.outputs, output] : history.outputs;
  const sum = tf.tidy(() => {
    const weighted = output.mul(stage === 0 || stage === 3 ? 1 / 6 : 1 / 3);
    return stage === 0 ? weighted : history.sum!.add(weighted);
  });
  return {
    sample: transfer(plan, origin, stage === 3 ? sum : output, from, to),
    history: stage === 3 ? { outputs } : { outputs, origin, sum },
  };
}

/** The second evaluation of the first stride: goes it again from its start, with the mean of both outputs. */
function heunStep(
  plan: SamplingPlan<PndmConfig>,
  index: number,
  output: tf.Tensor,
  { outputs, origin }: PndmHistory,
): PndmStep {
  const to = plan.timesteps[index]!;
  const mean = output.add(outputs[0]!).div(2);
  const from = to + stride(plan.config, plan.steps);
  return { sample: transfer(plan, origin!, mean, from, to), history: { outputs } };
}

/** Adams-Bashforth, of as high an order as there are outputs, up to 4. */
const weights = [[1], [3 / 2, -1 / 2], [23 / 12, -16 / 12, 5 / 12], [55 / 24, -59 / 24, 37 / 24, -9 / 24]];

function multistep(
  plan: SamplingPlan<PndmConfig>,
  index: number,
  sample: tf.Tensor,
  output: tf.Tensor,
  history: PndmHistory,
): PndmStep {
  const outputs = [...history.outputs, output].slice(-4);
  const combined = tf.tidy(() =>
    tf.addN(outputs.toReversed().map((past, age) => past.mul(weights[outputs.length - 1]![age]!))),
  );
  const from = plan.timesteps[index]!;
  const to = from - stride(plan.config, plan.steps);
  const origin = index === 0 ? { origin: sample } : {};
  return { sample: transfer(plan, sample, combined, from, to), history: { outputs, ...origin } };
}

/** Equation (9): from one timestep to another along the noise ε. */
function transfer(
  plan: SamplingPlan<PndmConfig>,
  sample: tf.Tensor,
  output: tf.Tensor,
  from: number,
  to: number,
): tf.Tensor {
  const here = alphaBarAt(plan, from);
  const there = alphaBarAt(plan, to);
  const scale = here * Math.sqrt(1 - there) + Math.sqrt(here * (1 - here) * there);
  return tf.tidy(() => {
    const { noise } = denoise(plan.config.predictionType, sample, output, here);
    return sample.mul(Math.sqrt(there / here)).sub(noise.mul((there - here) / scale));
  });
}
