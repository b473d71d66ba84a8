import { startBackend, tf } from '@fovea/tensor';
import { beforeAll, describe, expect, test } from 'vitest';
import { tinyModel } from '../testing/tiny-model.ts';
import { tinyTransformer } from '../testing/tiny-transformer.ts';
import { startActivationSamples } from './activation-samples.ts';

beforeAll(async () => {
  await startBackend();
});

const pixelsOf = (length: number) => Float32Array.from({ length }, (_, at) => ((at * 7919) % 101) / 101);
const positions = [25, 300, 301];

describe.each(['compiled', 'eager'] as const)('samples (%s)', (engine) => {
  test('are the activations at the positions that were asked for', async () => {
    const model = tinyModel();
    const pixels = pixelsOf(24 * 24 * 3);
    using samples = await startActivationSamples(
      model,
      { layer: 'relu', count: 3, logits: null },
      { engine },
    );
    const { activations, attributions } = await samples.of(pixels, positions);
    expect(attributions).toBeNull();
    const image = tf.tensor4d(pixels, [1, 24, 24, 3]);
    const values = await model.run(model.preprocess(image), { until: ['relu'] }).relu!.data();
    for (const [index, position] of positions.entries())
      for (let channel = 0; channel < 4; channel++)
        expect(activations[index * 4 + channel]).toBeCloseTo(values[position * 4 + channel]!, 5);
  });

  test('are attributed to all classes as h · ∂logit/∂h', async () => {
    const model = tinyModel({ gain: 3 });
    const pixels = pixelsOf(24 * 24 * 3);
    using samples = await startActivationSamples(
      model,
      { layer: 'relu', count: 3, logits: 'logits' },
      { engine },
    );
    const { activations, attributions } = await samples.of(pixels, positions);
    const image = tf.tensor4d(pixels, [1, 24, 24, 3]);
    const { relu } = model.run(model.preprocess(image), { until: ['relu'] });
    for (const label of [0, 1]) {
      const logit = (value: tf.Tensor) =>
        model
          .run(model.preprocess(image), { from: { relu: value }, until: ['logits'] })
          .logits!.slice([0, label], [1, 1])
          .sum<tf.Scalar>();
      const gradient = await tf.grad(logit)(relu!).data();
      for (const [index, position] of positions.entries()) {
        let expected = 0;
        for (let channel = 0; channel < 4; channel++)
          expected += activations[index * 4 + channel]! * gradient[position * 4 + channel]!;
        expect(attributions![index * 2 + label]).toBeCloseTo(expected, 4);
      }
    }
  });

  test('of tokens are those of their indices', async () => {
    const model = tinyTransformer();
    const layer = 'blocks.0.mlp.post';
    const pixels = pixelsOf(16 * 16 * 3);
    using samples = await startActivationSamples(model, { layer, count: 1, logits: null }, { engine });
    const { activations } = await samples.of(pixels, [6]);
    const image = tf.tensor4d(pixels, [1, 16, 16, 3]);
    const values = await model.run(model.preprocess(image), { until: [layer] })[layer]!.data();
    activations.forEach((value, channel) => expect(value).toBeCloseTo(values[6 * 16 + channel]!, 5));
  });
});
