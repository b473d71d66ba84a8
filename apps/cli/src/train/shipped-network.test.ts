import { loadRegisteredModel } from '@fovea/models';
import { startBackend, tf } from '@fovea/tensor';
import { beforeAll, expect, it } from 'vitest';
import { trainingImages } from './default-classifier.ts';
import { evaluate } from './evaluation.ts';

const COUNT = 540;

beforeAll(async () => {
  await startBackend();
});

it('The network that ships classifies at least 95 % of held-out images rightly', async () => {
  const model = await loadRegisteredModel('fovea_mini');
  const images = trainingImages();
  expect(model.classes).toEqual(images.classes);
  const predictions = Int32Array.from({ length: COUNT }, (_, index) => {
    const { pixels } = images.image('test', index);
    return tf.tidy(() => {
      const image = tf.tensor4d(
        Float32Array.from(pixels, (value) => value / 255),
        [1, 64, 64, 3],
      );
      return model.run(model.preprocess(image))['logits']!.argMax(-1).dataSync()[0]!;
    });
  });
  const labels = Int32Array.from({ length: COUNT }, (_, index) => images.label('test', index));
  expect(evaluate(labels, predictions, images.classes.length).accuracy).toBeGreaterThanOrEqual(0.95);
  model.dispose();
});
