/** Ho et al., "Denoising Diffusion Probabilistic Models", 2020: equations (6), (7) and (15). */
import { tf } from '@fovea/tensor';
import type { Step } from './ddim.ts';
import { bounded, denoise } from './denoised.ts';
import { alphaBarAt, type SamplingPlan } from './sampling-plan.ts';
import type { DdpmConfig } from './scheduler-config.ts';

/**
 * @param index of the plan's timesteps
 * @param sample x_t
 * @param output what the network made of it
 * @param noise fresh, normal; unused at timestep 0, from which nothing random follows
 */
export function ddpmStep(
  plan: SamplingPlan<DdpmConfig>,
  index: number,
  sample: tf.Tensor,
  output: tf.Tensor,
  noise: tf.Tensor,
): Step {
  const { config, timesteps } = plan;
  const timestep = timesteps[index]!;
  const alphaBar = alphaBarAt(plan, timestep);
  const next = alphaBarAt(plan, timesteps[index + 1] ?? -1);
  const alpha = alphaBar / next;
  const ofDenoised = (Math.sqrt(next) * (1 - alpha)) / (1 - alphaBar);
  const ofSample = (Math.sqrt(alpha) * (1 - next)) / (1 - alphaBar);
  return tf.tidy(() => {
    const denoised = bounded(config, denoise(config.predictionType, sample, output, alphaBar).sample);
    const mean = denoised.mul(ofDenoised).add(sample.mul(ofSample));
    const deviation = timestep > 0 ? Math.sqrt(ddpmVariance(config, alphaBar, next)) : 0;
    return { sample: mean.add(noise.mul(deviation)), denoised };
  });
}

/** Of the step from ᾱ_t to the ᾱ of the timestep after it. */
export function ddpmVariance(
  { varianceType }: Pick<DdpmConfig, 'varianceType'>,
  alphaBar: number,
  next: number,
): number {
  const beta = 1 - alphaBar / next;
  const small = Math.max(((1 - next) / (1 - alphaBar)) * beta, 1e-20);
  // The two small ones differ in diffusers by the way they are computed only.
  return varianceType === 'fixed_large' ? beta : small;
}
