/** Which of the training timesteps a sampler visits, from the noisiest on. */
import type { PndmConfig, SchedulerConfig } from './scheduler-config.ts';

/** @param steps how often the network runs (PNDM: how many timesteps apart from its warm-up) */
export function timestepsOf(config: SchedulerConfig, steps: number): number[] {
  const descending = spaced(config, steps);
  return config.kind === 'pndm' ? pndmTimesteps(config, descending.toReversed()) : descending;
}

/** The distance between two timesteps as a sampler counts it. */
export function stride({ numTrainTimesteps }: SchedulerConfig, steps: number): number {
  return Math.floor(numTrainTimesteps / steps);
}

function spaced(config: SchedulerConfig, steps: number): number[] {
  const { numTrainTimesteps: all, timestepSpacing, stepsOffset } = config;
  const indices = Array.from({ length: steps }, (_, index) => index);
  if (timestepSpacing === 'leading')
    return indices.map((index) => index * stride(config, steps) + stepsOffset).toReversed();
  if (timestepSpacing === 'trailing')
    return indices.map((index) => roundHalfEven(all - index * (all / steps)) - 1);
  const step = steps > 1 ? (all - 1) / (steps - 1) : 0;
  return indices.map((index) => roundHalfEven(index * step)).toReversed();
}

/**
 * Without Runge-Kutta steps, as Stable Diffusion samples: the second timestep is visited twice, so that the first
 * step can be a Heun step. With them, the first three strides are gone in half strides, each end visited twice.
 */
function pndmTimesteps(config: PndmConfig, ascending: readonly number[]): number[] {
  if (config.skipPrkSteps)
    return [...ascending.slice(0, -1), ...ascending.slice(-2, -1), ...ascending.slice(-1)].toReversed();
  const half = Math.floor(stride(config, ascending.length) / 2);
  const fine = ascending.slice(-4).flatMap((timestep) => [timestep, timestep + half]);
  const doubled = fine.slice(0, -1).flatMap((timestep) => [timestep, timestep]);
  return [...doubled.slice(1, -1).toReversed(), ...ascending.slice(0, -3).toReversed()];
}

/** As NumPy rounds. */
function roundHalfEven(value: number): number {
  const floor = Math.floor(value);
  if (value - floor !== 0.5) return Math.round(value);
  return floor % 2 === 0 ? floor : floor + 1;
}
