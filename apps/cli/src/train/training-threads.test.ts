import { classifierGradient, initialParameters, type BatchGradient } from '@fovea/interp';
import { startBackend } from '@fovea/tensor';
import { afterAll, describe, expect, it } from 'vitest';
import { defaultClassifier, LABEL_SMOOTHING, trainingImages } from './default-classifier.ts';
import { startThreads } from './training-threads.ts';

const classifier = defaultClassifier();
const images = trainingImages();
const parameters = initialParameters(classifier.network, 0);
const indices = [3, 1, 4, 15, 9];
const threads = startThreads(2);

afterAll(() => threads.stop());

describe('training threads', () => {
  it('share a batch among them, and compute the same bytes each time', async () => {
    const first = await threads.gradients(parameters, indices);
    expect(first.map((part) => part.images)).toEqual([3, 2]);
    expect(await threads.gradients(parameters, indices)).toEqual(first);
  });

  it('compute what one thread would', async () => {
    await startBackend({ threads: 1 });
    const drawn = indices.map((index) => images.image('train', index));
    const batch = {
      pixels: Uint8Array.from(drawn.flatMap(({ pixels }) => [...pixels])),
      labels: Int32Array.from(indices.map((index) => images.label('train', index))),
    };
    const whole = await classifierGradient(classifier, parameters, batch, LABEL_SMOOTHING);
    const parts = await threads.gradients(parameters, indices);
    const total = (of: (part: BatchGradient) => number) => parts.reduce((sum, part) => sum + of(part), 0);
    expect(total((part) => part.loss)).toBeCloseTo(whole.loss, 3);
    whole.gradient.forEach((value, i) => {
      expect(Math.abs(total((part) => part.gradient[i]!) - value)).toBeLessThan(1e-3 * (1 + Math.abs(value)));
    });
  });

  it('say so when an image does not exist', async () => {
    const doomed = startThreads(1);
    await expect(doomed.gradients(parameters, [images.splits.train])).rejects.toThrow(/indices 0 to/);
    await doomed.stop();
  });
});
