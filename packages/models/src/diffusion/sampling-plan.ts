/** What the steps of a sampler share: the noise of training, and the timesteps it visits. */
import { noiseSchedule, type NoiseSchedule } from './noise-schedule.ts';
import type { SchedulerConfig } from './scheduler-config.ts';
import { timestepsOf } from './timesteps.ts';

export interface SamplingPlan<Config extends SchedulerConfig = SchedulerConfig> {
  readonly config: Config;
  readonly schedule: NoiseSchedule;
  readonly steps: number;
  /** One for each evaluation of the network, noisiest first. */
  readonly timesteps: readonly number[];
}

export function samplingPlan<Config extends SchedulerConfig>(
  config: Config,
  steps: number,
): SamplingPlan<Config> {
  if (!Number.isInteger(steps) || steps < 1 || steps > config.numTrainTimesteps)
    throw new RangeError(`${steps} steps: there can be 1 to ${config.numTrainTimesteps}`);
  return { config, schedule: noiseSchedule(config), steps, timesteps: timestepsOf(config, steps) };
}

/** ᾱ at a timestep, or where the process ends if it lies before the first. */
export function alphaBarAt({ config, schedule }: SamplingPlan, timestep: number): number {
  if (timestep >= 0) return schedule.alphasCumprod[timestep]!;
  return config.kind === 'ddpm' || config.setAlphaToOne ? 1 : schedule.alphasCumprod[0]!;
}
