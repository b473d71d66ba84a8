import { randomFor, startBackend, tf } from '@fovea/tensor';
import { beforeAll, describe, expect, it } from 'vitest';
import { stripes, stripesClassifier as classifier } from '../testing/stripes.ts';
import { classifierGradient, classify, type Batch } from './classifier-gradient.ts';
import { eachTensor, initialParameters, toParameters, toWeights } from './parameters.ts';
import {
  DivergedTrainingError,
  learningRateAt,
  trainClassifier,
  type TrainingSchedule,
} from './train-classifier.ts';

/** Parameters away from zero everywhere, so that no gradient is zero by symmetry. */
function someParameters() {
  const parameters = initialParameters(classifier.network, 1);
  const random = randomFor(2, 0, 'parameters');
  return parameters.map((value) => value + 0.1 * random.normal());
}

const schedule: TrainingSchedule = {
  steps: 60,
  learningRate: 0.03,
  warmup: 5,
  weightDecay: 0.01,
  gradientNorm: 1,
};

async function train(given: TrainingSchedule, threads = 1) {
  const steps = [];
  const run = trainClassifier(
    classifier.network,
    initialParameters(classifier.network, 3),
    (step, parameters) =>
      Promise.all(
        Array.from({ length: threads }, (_, thread) =>
          classifierGradient(classifier, parameters, stripes(step * threads + thread, 16), 0.05),
        ),
      ),
    given,
  );
  for await (const step of run) steps.push({ ...step, parameters: step.parameters.slice() });
  return steps;
}

beforeAll(async () => {
  await startBackend({ threads: 1 });
});

describe('parameters', () => {
  it('are the same for the same seed, and spread as wide as the fan-in allows', () => {
    const first = initialParameters(classifier.network, 5);
    expect(initialParameters(classifier.network, 5)).toEqual(first);
    expect(initialParameters(classifier.network, 6)).not.toEqual(first);
    const rms = new Map<string, number>();
    eachTensor(classifier.network, first, ({ name }, values) => {
      rms.set(name, Math.sqrt(values.reduce((sum, value) => sum + value * value, 0) / values.length));
    });
    expect(rms.get('stem.weight')).toBeCloseTo(Math.sqrt(2 / 75), 1);
    expect(rms.get('wide.weight')).toBeCloseTo(Math.sqrt(2 / 36), 1);
    for (const name of ['stem.bias', 'fc.weight', 'fc.bias']) expect(rms.get(name)).toBe(0);
  });

  it('go to the engine and come back unchanged', async () => {
    const parameters = someParameters();
    const weights = toWeights(classifier.network, parameters);
    expect(await toParameters(classifier.network, [...weights.values()])).toEqual(parameters);
    tf.dispose([...weights.values()]);
  });
});

describe('gradient of a classifier', () => {
  it('agrees with finite differences in every tensor', async () => {
    const parameters = someParameters();
    const batch = stripes(7, 6);
    const { gradient } = await classifierGradient(classifier, parameters, batch, 0.05);
    const starts: number[] = [];
    eachTensor(classifier.network, parameters, (_tensor, values) => starts.push(values.byteOffset / 4));
    for (const index of starts) {
      const step = 2e-3;
      const [above, below] = await Promise.all(
        [step, -step].map(async (shift) => {
          const moved = parameters.with(index, parameters[index]! + shift);
          return (await classifierGradient(classifier, moved, batch, 0.05)).loss;
        }),
      );
      expect(gradient[index]).toBeCloseTo((above! - below!) / (2 * step), 1);
    }
  });

  it('of a batch is the sum of those of its parts', async () => {
    const parameters = someParameters();
    const whole = stripes(8, 6);
    const pixelsPerImage = whole.pixels.length / 6;
    const part = (from: number, to: number): Batch => ({
      pixels: whole.pixels.subarray(from * pixelsPerImage, to * pixelsPerImage),
      labels: whole.labels.subarray(from, to),
    });
    const [all, first, second] = await Promise.all(
      [whole, part(0, 2), part(2, 6)].map((batch) => classifierGradient(classifier, parameters, batch, 0)),
    );
    expect(first!.loss + second!.loss).toBeCloseTo(all!.loss, 4);
    expect(first!.correct + second!.correct).toBe(all!.correct);
    all!.gradient.forEach((value, i) =>
      expect(first!.gradient[i]! + second!.gradient[i]!).toBeCloseTo(value, 4),
    );
  });

  it('leaves no tensors behind', async () => {
    const parameters = someParameters();
    const { numTensors } = tf.memory();
    await classifierGradient(classifier, parameters, stripes(9, 4), 0.05);
    await classify(classifier, parameters, stripes(9, 4));
    expect(tf.memory().numTensors).toBe(numTensors);
  });
});

describe('training', () => {
  it('learns to tell rows from columns, and repeats itself to the last bit', async () => {
    const [steps, again] = [await train(schedule), await train(schedule)];
    const { loss, accuracy, parameters } = steps.at(-1)!;
    expect(loss).toBeLessThan(0.4);
    expect(accuracy).toBe(1);
    expect(again.at(-1)!.parameters).toEqual(parameters);
    const unseen = stripes(10_000, 32);
    expect(await classify(classifier, parameters, unseen)).toEqual(unseen.labels);
  });

  it('takes gradients in parts', async () => {
    const steps = await train({ ...schedule, steps: 20 }, 2);
    expect(steps.at(-1)!.loss).toBeLessThan(steps[0]!.loss);
  });

  it('warms up, then falls to zero', () => {
    const rates = [1, 5, 6, 33, 60].map((step) => learningRateAt(step, schedule));
    expect(rates[0]).toBeCloseTo(0.006);
    expect(rates[1]).toBeCloseTo(0.03);
    expect(rates[2]!).toBeLessThan(0.03);
    expect(rates[3]!).toBeCloseTo(0.0146, 3);
    expect(rates[4]).toBeCloseTo(0);
  });

  it('stops where the loss is no longer a number, and says at which step', async () => {
    const diverging = trainClassifier(
      classifier.network,
      initialParameters(classifier.network, 3),
      async (step) => [
        {
          images: 1,
          correct: 0,
          loss: step < 3 ? 1 : Number.NaN,
          gradient: new Float32Array(classifier.network.parameters),
        },
      ],
      schedule,
    );
    await expect(Array.fromAsync(diverging)).rejects.toThrow(DivergedTrainingError);
    await expect(Array.fromAsync(diverging)).resolves.toEqual([]);
  });
});
