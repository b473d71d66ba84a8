/**
 * Training of a classifier as a pure function of where it starts, its batches and its schedule. It reads no
 * clock and no files; who computes the gradients, and on how many threads, is the caller's choice.
 */
import type { Network } from '@fovea/models';
import { adamWState, adamWUpdate, type AdamWState } from './adamw.ts';
import type { BatchGradient } from './classifier-gradient.ts';
import { eachTensor, type Parameters } from './parameters.ts';

export interface TrainingSchedule {
  readonly steps: number;
  /** The highest learning rate, reached after the warm-up. */
  readonly learningRate: number;
  /** Steps over which the rate rises linearly; it then falls to zero along half a cosine. */
  readonly warmup: number;
  /** Decoupled decay of weights; biases do not decay. */
  readonly weightDecay: number;
  /** The norm of a step's gradient is cut to this. */
  readonly gradientNorm: number;
}

export interface TrainingStep {
  /** Counted from 1. */
  readonly step: number;
  /** Mean over the step's images, before the update. */
  readonly loss: number;
  /** Share of the step's images that were classified rightly, before the update. */
  readonly accuracy: number;
  readonly learningRate: number;
  /** After the update. The next step may overwrite the array: copy it to keep it. */
  readonly parameters: Parameters;
}

/** What a step starts from: all learned values, and the optimizer's moments of each. */
export interface TrainingState extends AdamWState {
  readonly parameters: Parameters;
}

/** What a step made of its images: sums over them, before the update, and the state after it. */
export interface Update {
  readonly images: number;
  readonly loss: number;
  readonly correct: number;
  readonly state: TrainingState;
}

export type UpdateStep = (
  state: TrainingState,
  at: { readonly step: number; readonly learningRate: number },
) => Promise<Update>;

/** Gradients of the parts of a step's batch, always in the same order, so that their sum is reproducible. */
export type StepGradients = (step: number, parameters: Parameters) => Promise<readonly BatchGradient[]>;

/**
 * Trains by gradients that the caller computes.
 * @throws DivergedTrainingError
 */
export function trainClassifier(
  network: Network,
  initial: Parameters,
  gradients: StepGradients,
  schedule: TrainingSchedule,
): AsyncGenerator<TrainingStep> {
  const decay = decayOf(network, schedule.weightDecay);
  return train(
    initial,
    async (state, { step, learningRate }) => {
      const { images, loss, correct, gradient } = sum(await gradients(step, state.parameters));
      scaleToMean(gradient, images, schedule.gradientNorm);
      adamWUpdate(state.parameters, gradient, state, { learningRate, decay, step });
      return { images, loss, correct, state };
    },
    schedule,
  );
}

/** @throws DivergedTrainingError */
export async function* train(
  initial: Parameters,
  update: UpdateStep,
  schedule: TrainingSchedule,
): AsyncGenerator<TrainingStep> {
  let state: TrainingState = { parameters: initial.slice(), ...adamWState(initial) };
  for (let step = 1; step <= schedule.steps; step++) {
    const learningRate = learningRateAt(step, schedule);
    const done = await update(state, { step, learningRate });
    const { images, loss, correct } = done;
    if (!Number.isFinite(loss)) throw new DivergedTrainingError(step, loss);
    state = done.state;
    const { parameters } = state;
    yield { step, loss: loss / images, accuracy: correct / images, learningRate, parameters };
  }
}

export class DivergedTrainingError extends Error {
  constructor(step: number, loss: number) {
    super(
      `The loss became ${loss} at step ${step}; a lower learning rate or a longer warm-up usually helps.`,
    );
    this.name = 'DivergedTrainingError';
  }
}

/** Linear from 0, then half a cosine to 0. */
export function learningRateAt(step: number, { steps, learningRate, warmup }: TrainingSchedule): number {
  if (step <= warmup) return (learningRate * step) / warmup;
  return (learningRate * (1 + Math.cos((Math.PI * (step - warmup)) / (steps - warmup)))) / 2;
}

/** The share of each value, times the learning rate, that a step takes away. */
export function decayOf(network: Network, weightDecay: number): Float32Array {
  const decay = new Float32Array(network.parameters);
  eachTensor(network, decay, ({ shape }, values) => values.fill(shape.length > 1 ? weightDecay : 0));
  return decay;
}

function sum([first, ...rest]: readonly BatchGradient[]): BatchGradient {
  return rest.reduce((total, part) => {
    for (let i = 0; i < total.gradient.length; i++) {
      total.gradient[i] = total.gradient[i]! + part.gradient[i]!;
    }
    return {
      images: total.images + part.images,
      loss: total.loss + part.loss,
      correct: total.correct + part.correct,
      gradient: total.gradient,
    };
  }, first!);
}

/** From a sum over images to their mean, in place, no longer than `longest`. */
function scaleToMean(gradient: Parameters, images: number, longest: number): void {
  const norm = Math.sqrt(gradient.reduce((squares, value) => squares + value * value, 0)) / images;
  const factor = Math.min(1, longest / norm) / images;
  for (let i = 0; i < gradient.length; i++) gradient[i] = gradient[i]! * factor;
}
