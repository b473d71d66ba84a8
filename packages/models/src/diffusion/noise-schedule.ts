/**
 * How much noise a diffusion process has added after each of its training steps.
 *
 * α_t = 1 − β_t, ᾱ_t = Π α_s for s ≤ t, and x_t = √ᾱ_t x_0 + √(1 − ᾱ_t) ε (Ho et al., "Denoising Diffusion
 * Probabilistic Models", 2020). Values are rounded to float32 where PyTorch rounds them.
 */
import { tf } from '@fovea/tensor';
import type { SchedulerConfig } from './scheduler-config.ts';

export interface NoiseSchedule {
  /** β_t, t from 0. */
  readonly betas: Float32Array;
  /** ᾱ_t: the share of the signal's variance that is left at t. */
  readonly alphasCumprod: Float32Array;
}

type BetaConfig = Pick<
  SchedulerConfig,
  'numTrainTimesteps' | 'betaStart' | 'betaEnd' | 'betaSchedule' | 'trainedBetas'
> & { readonly rescaleBetasZeroSnr?: boolean };

export function noiseSchedule(config: BetaConfig): NoiseSchedule {
  const trained = config.trainedBetas ? Float32Array.from(config.trainedBetas) : betasOf(config);
  const betas = config.rescaleBetasZeroSnr ? withoutFinalSignal(trained) : trained;
  return { betas, alphasCumprod: cumulativeProduct(betas.map((beta) => 1 - beta)) };
}

function betasOf(config: BetaConfig): Float32Array {
  const { numTrainTimesteps: count, betaStart, betaEnd, betaSchedule } = config;
  if (betaSchedule === 'linear') return linspace(betaStart, betaEnd, count);
  if (betaSchedule === 'squaredcos_cap_v2') return cosineBetas(count);
  return linspace(Math.sqrt(betaStart), Math.sqrt(betaEnd), count).map((root) => root * root);
}

function linspace(start: number, end: number, count: number): Float32Array {
  const step = count > 1 ? (end - start) / (count - 1) : 0;
  return Float32Array.from({ length: count }, (_, index) => start + step * index);
}

/** Nichol and Dhariwal, "Improved Denoising Diffusion Probabilistic Models", 2021. */
function cosineBetas(count: number): Float32Array {
  const alphaBar = (time: number) => Math.cos((((time + 0.008) / 1.008) * Math.PI) / 2) ** 2;
  return Float32Array.from({ length: count }, (_, index) =>
    Math.min(1 - alphaBar((index + 1) / count) / alphaBar(index / count), 0.999),
  );
}

/**
 * The same schedule, shifted so that nothing of the signal is left at its end (Lin et al., "Common Diffusion Noise
 * Schedules and Sample Steps are Flawed", 2023, algorithm 1).
 */
function withoutFinalSignal(betas: Float32Array): Float32Array {
  const roots = cumulativeProduct(betas.map((beta) => 1 - beta)).map(Math.sqrt);
  const [first, last] = [roots[0]!, roots.at(-1)!];
  const alphaBars = roots.map((root) => ((root - last) * (first / (first - last))) ** 2);
  return alphaBars.map((alphaBar, index) => 1 - (index === 0 ? alphaBar : alphaBar / alphaBars[index - 1]!));
}

function cumulativeProduct(values: Float32Array): Float32Array {
  let product = 1;
  return values.map((value) => (product *= value));
}

/**
 * x_t = √ᾱ_t x_0 + √(1 − ᾱ_t) ε.
 * @param noise ε, of the shape of `sample`
 */
export function addNoise<T extends tf.Tensor>(
  { alphasCumprod }: NoiseSchedule,
  sample: T,
  noise: T,
  timestep: number,
): T {
  const alphaBar = alphasCumprod[timestep]!;
  return tf.tidy(() => sample.mul(Math.sqrt(alphaBar)).add<T>(noise.mul(Math.sqrt(1 - alphaBar))));
}

/** v = √ᾱ_t ε − √(1 − ᾱ_t) x_0 (Salimans and Ho, "Progressive Distillation for Fast Sampling of Diffusion Models", 2022). */
export function velocity<T extends tf.Tensor>(
  { alphasCumprod }: NoiseSchedule,
  sample: T,
  noise: T,
  timestep: number,
): T {
  const alphaBar = alphasCumprod[timestep]!;
  return tf.tidy(() => noise.mul(Math.sqrt(alphaBar)).sub<T>(sample.mul(Math.sqrt(1 - alphaBar))));
}
