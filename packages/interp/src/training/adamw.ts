/** Adam with decoupled weight decay (Loshchilov and Hutter, "Decoupled Weight Decay Regularization", 2019). */
import type { Parameters } from './parameters.ts';

export interface AdamW {
  readonly beta1: number;
  readonly beta2: number;
  readonly epsilon: number;
}

export const adamWDefaults: AdamW = { beta1: 0.9, beta2: 0.98, epsilon: 1e-8 };

/** Running means of the gradient and of its square. */
export interface AdamWState {
  readonly mean: Float32Array;
  readonly square: Float32Array;
}

export function adamWState(parameters: Parameters): AdamWState {
  return { mean: new Float32Array(parameters.length), square: new Float32Array(parameters.length) };
}

/**
 * One update, in place.
 * @param decay per value: the fraction of it, times the learning rate, that is taken away
 * @param step counted from 1
 */
export function adamWUpdate(
  parameters: Parameters,
  gradient: Parameters,
  state: AdamWState,
  { learningRate, decay, step }: { learningRate: number; decay: Float32Array; step: number },
  { beta1, beta2, epsilon }: AdamW = adamWDefaults,
): void {
  const { mean, square } = state;
  const correction1 = 1 - beta1 ** step;
  const correction2 = 1 - beta2 ** step;
  for (let i = 0; i < parameters.length; i++) {
    const g = gradient[i]!;
    mean[i] = beta1 * mean[i]! + (1 - beta1) * g;
    square[i] = beta2 * square[i]! + (1 - beta2) * g * g;
    const direction = mean[i]! / correction1 / (Math.sqrt(square[i]! / correction2) + epsilon);
    parameters[i] = parameters[i]! - learningRate * (direction + decay[i]! * parameters[i]!);
  }
}
