import { startBackend, tf } from '@fovea/tensor';
import { beforeAll, describe, expect, test } from 'vitest';
import type { EngineOptions } from '../execution/engine.ts';
import { expectNear } from '../testing/expect-near.ts';
import { stripes, stripesClassifier as classifier } from '../testing/stripes.ts';
import { classifierGradient, classify } from './classifier-gradient.ts';
import { initialParameters } from './parameters.ts';
import { startTraining } from './start-training.ts';
import {
  DivergedTrainingError,
  trainClassifier,
  type TrainingSchedule,
  type TrainingStep,
} from './train-classifier.ts';

const engines = ['compiled', 'eager'] as const;
const schedule: TrainingSchedule = {
  steps: 60,
  learningRate: 0.03,
  warmup: 5,
  weightDecay: 0.01,
  gradientNorm: 1,
};
const smoothing = 0.05;
const batch = 16;

beforeAll(async () => {
  await startBackend({ threads: 1 });
});

const start = () => initialParameters(classifier.network, 3);

async function collect(steps: AsyncGenerator<TrainingStep>): Promise<TrainingStep[]> {
  const taken: TrainingStep[] = [];
  for await (const step of steps) taken.push({ ...step, parameters: step.parameters.slice() });
  return taken;
}

async function trainBy(options: EngineOptions, given = schedule): Promise<TrainingStep[]> {
  using training = await startTraining(classifier, { batch, smoothing, schedule: given }, options);
  return collect(training.steps(start(), (step) => stripes(step, batch)));
}

function trainByHost(given: TrainingSchedule): Promise<TrainingStep[]> {
  const gradients = async (step: number, parameters: Float32Array) => [
    await classifierGradient(classifier, parameters, stripes(step, batch), smoothing),
  ];
  return collect(trainClassifier(classifier.network, start(), gradients, given));
}

describe.each(engines)('training by a %s step', (engine) => {
  test('learns to tell rows from columns', async () => {
    const { loss, accuracy, parameters } = (await trainBy({ engine })).at(-1)!;
    expect(loss).toBeLessThan(0.4);
    expect(accuracy).toBe(1);
    const unseen = stripes(10_000, 32);
    expect(await classify(classifier, parameters, unseen)).toEqual(unseen.labels);
  });

  test.each([1, 0.01])('follows an optimizer in float64 with gradients cut to %d', async (gradientNorm) => {
    const short = { ...schedule, steps: 8, gradientNorm };
    const [steps, expected] = [await trainBy({ engine }, short), await trainByHost(short)];
    expectNear(losses(steps), losses(expected));
    expect(steps.map(({ accuracy }) => accuracy)).toEqual(expected.map(({ accuracy }) => accuracy));
    // Adam divides by the gradient's size, and so makes the rounding of small gradients large.
    expectNear(steps.at(-1)!.parameters, expected.at(-1)!.parameters, 1e-3);
  });

  test('leaves no tensors behind', async () => {
    const before = tf.memory().numTensors;
    await trainBy({ engine }, { ...schedule, steps: 2 });
    expect(tf.memory().numTensors).toBe(before);
  });

  test('stops where the loss is no longer a number', async () => {
    const wild = { ...schedule, learningRate: 1e30, warmup: 1 };
    await expect(trainBy({ engine }, wild)).rejects.toThrow(DivergedTrainingError);
  });
});

test('the compiled step gives the same bytes each time, with one thread and with two', async () => {
  const [first, ...others] = [
    await trainBy({ engine: 'compiled', threads: 1 }),
    await trainBy({ engine: 'compiled', threads: 1 }),
    await trainBy({ engine: 'compiled', threads: 2 }),
  ];
  for (const other of others) expect(other).toEqual(first);
});

test('a training says on what it computes', async () => {
  using training = await startTraining(classifier, { batch, smoothing, schedule }, { engine: 'eager' });
  expect(training.engine).toEqual({ name: 'eager', reason: 'it was asked for' });
});

const losses = (steps: readonly TrainingStep[]) => steps.map(({ loss }) => loss);
