import { startBackend, tf } from '@fovea/tensor';
import { beforeAll, describe, expect, test } from 'vitest';
import { tinyModel } from '../testing/tiny-model.ts';
import { tinyTransformer } from '../testing/tiny-transformer.ts';
import { startStimulusResponses } from './stimulus-responses.ts';

beforeAll(async () => {
  await startBackend();
});

const noise = (length: number) => Float32Array.from({ length }, (_, at) => ((at * 7919) % 101) / 101);

describe.each(['compiled', 'eager'] as const)('responses (%s)', (engine) => {
  test('are the largest values of the window about the middle', async () => {
    const model = tinyModel();
    const pixels = noise(2 * 24 * 24 * 3);
    using responses = await startStimulusResponses(
      model,
      { layers: ['conv', 'logits'], batch: 2, window: 5 },
      { engine },
    );
    const { conv, logits } = await responses.of(pixels);
    const image = tf.tensor4d(pixels, [2, 24, 24, 3]);
    const values = model.run(model.preprocess(image), { until: ['conv', 'logits'] });
    const central = values.conv!.slice([0, 10, 10, 0], [2, 5, 5, 4]).max([1, 2]);
    const expected = await central.data();
    conv!.forEach((value, index) => expect(value).toBeCloseTo(expected[index]!, 5));
    const wholes = await values.logits!.data();
    logits!.forEach((value, index) => expect(value).toBeCloseTo(wholes[index]!, 5));
  });

  test('of tokens are those of the middle patches', async () => {
    const model = tinyTransformer();
    const layer = 'blocks.0.mlp.post';
    const pixels = noise(16 * 16 * 3);
    using responses = await startStimulusResponses(
      model,
      { layers: [layer], batch: 1, window: 3 },
      { engine },
    );
    const { [layer]: found } = await responses.of(pixels);
    const image = tf.tensor4d(pixels, [1, 16, 16, 3]);
    const value = model.run(model.preprocess(image), { until: [layer] })[layer]!;
    const central = value.reshape([4, 4, 16]).slice([1, 1, 0], [3, 3, 16]).max([0, 1]);
    const expected = await central.data();
    found!.forEach((each, index) => expect(each).toBeCloseTo(expected[index]!, 5));
  });

  test('take a window that is larger than the layer as the whole layer', async () => {
    const model = tinyModel();
    const pixels = noise(24 * 24 * 3);
    using responses = await startStimulusResponses(
      model,
      { layers: ['conv'], batch: 1, window: 99 },
      { engine },
    );
    const { conv } = await responses.of(pixels);
    const image = tf.tensor4d(pixels, [1, 24, 24, 3]);
    const expected = await model
      .run(model.preprocess(image), { until: ['conv'] })
      .conv!.max([1, 2])
      .data();
    conv!.forEach((value, index) => expect(value).toBeCloseTo(expected[index]!, 5));
  });
});
