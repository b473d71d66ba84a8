/** Song et al., "Denoising Diffusion Implicit Models", 2021: equations (12) and (16). */
import { tf } from '@fovea/tensor';
import { bounded, denoise } from './denoised.ts';
import { alphaBarAt, type SamplingPlan } from './sampling-plan.ts';
import type { DdimConfig } from './scheduler-config.ts';
import { stride } from './timesteps.ts';

export interface Step {
  /** The sample at the next, less noisy timestep. */
  readonly sample: tf.Tensor;
  /** What the network takes for the clean sample. */
  readonly denoised: tf.Tensor;
}

/**
 * @param index of the plan's timesteps
 * @param sample x_t
 * @param output what the network made of it
 * @param stochastic η times fresh noise: η = 0, the default, is deterministic, η = 1 is as random as DDPM
 */
export function ddimStep(
  plan: SamplingPlan<DdimConfig>,
  index: number,
  sample: tf.Tensor,
  output: tf.Tensor,
  stochastic?: { readonly eta: number; readonly noise: tf.Tensor },
): Step {
  const timestep = plan.timesteps[index]!;
  const alphaBar = alphaBarAt(plan, timestep);
  const next = alphaBarAt(plan, timestep - stride(plan.config, plan.steps));
  const variance = ((1 - next) / (1 - alphaBar)) * (1 - alphaBar / next);
  const sigma = (stochastic?.eta ?? 0) * Math.sqrt(variance);
  return tf.tidy(() => {
    const guess = denoise(plan.config.predictionType, sample, output, alphaBar);
    const denoised = bounded(plan.config, guess.sample);
    const mean = denoised.mul(Math.sqrt(next)).add(guess.noise.mul(Math.sqrt(1 - next - sigma ** 2)));
    return { sample: stochastic ? mean.add(stochastic.noise.mul(sigma)) : mean, denoised };
  });
}
