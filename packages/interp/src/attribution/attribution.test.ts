import { loadRegisteredModel, NoGradientError, type HookedModel } from '@fovea/models';
import { startBackend, tf } from '@fovea/tensor';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { EngineOptions } from '../execution/engine.ts';
import { expectNear } from '../testing/expect-near.ts';
import { noisePixels } from '../testing/pixels.ts';
import { tinyModel } from '../testing/tiny-model.ts';
import { startAttribution, type AttributionSettings } from './attribution.ts';
import { startIntegratedGradients, type IntegratedExample } from './integrated-gradients.ts';
import { directionAlong, MetricError } from './metric.ts';

const engines = ['compiled', 'eager'] as const;
const all = ['activation', 'gradient', 'product', 'byPosition', 'byUnit'] as const;

beforeAll(async () => {
  await startBackend();
});

/** Its logits are linear in `relu`: W times the mean over 576 positions. */
describe('where the metric is linear in the layer', () => {
  let model: HookedModel;
  let weights: tf.TypedArray;
  beforeAll(() => {
    model = tinyModel();
    weights = model.weights.get('fc.weight')!.dataSync();
  });
  afterAll(() => model.dispose());

  const settings = { layers: ['relu', 'conv'], target: 'logits', give: all, batch: 2 };
  const examples = () =>
    [0, 1].map((logit) => ({
      pixels: noisePixels(model, logit),
      metric: { direction: directionAlong(model.hookPoint('logits'), { [logit]: 1 }) },
    }));

  test.each(engines)('activation times gradient adds up to it (%s)', async (engine) => {
    using run = await startAttribution(model, settings, { engine });
    for (const [logit, { metric, layers }] of (await run.run(examples())).entries()) {
      const { activation, gradient, product, byPosition, byUnit } = layers.relu!;
      const ofUnit = (index: number) => weights[(index % 4) * 2 + logit]! / 576;
      expectNear(
        gradient,
        Float32Array.from(gradient, (_, index) => ofUnit(index)),
      );
      expectNear(
        product,
        product.map((_, index) => activation[index]! * ofUnit(index)),
      );
      expectNear([sumOf(product), sumOf(byPosition), sumOf(byUnit)], [metric, metric, metric]);
      expect(byPosition.length).toBe(576);
      expect(byUnit.length).toBe(4);
      expectNear(
        byPosition,
        byPosition.map((_, at) => sumOf(product.subarray(4 * at, 4 * at + 4))),
      );
      // Past the ReLU the gradient is that of the units that are on.
      expectNear(
        layers.conv!.gradient,
        gradient.map((value, index) => (activation[index]! > 0 ? value : 0)),
      );
    }
  });

  test.each(engines)('integrated gradients are activation times gradient (%s)', async (engine) => {
    const [example] = examples();
    using attribution = await startAttribution(model, { ...settings, give: ['activation', 'product'] });
    const { layers, metric } = (await attribution.run([example!]))[0]!;
    using integrated = await startIntegratedGradients(
      model,
      { layer: 'relu', target: 'logits', steps: 3 },
      { engine },
    );
    const result = await integrated.run({ value: layers.relu!.activation, metric: example!.metric });
    expectNear(result.attribution, layers.relu!.product);
    expect(result.metric).toBeCloseTo(metric, 5);
    expect(result.metricAtBaseline).toBe(0);
    expect(Math.abs(result.convergenceDelta)).toBeLessThan(1e-5 * Math.abs(metric));
  });

  test('a unit at one position has the gradient of its receptive field only', async () => {
    const positions = new Float32Array(576);
    positions[24 * 10 + 12] = 1;
    using run = await startAttribution(model, { layers: ['conv'], target: 'conv', give: ['gradient'] });
    const direction = directionAlong(model.hookPoint('conv'), { 2: 1 });
    const [{ layers }] = (await run.run([
      { pixels: noisePixels(model, 3), metric: { direction, positions } },
    ])) as [Awaited<ReturnType<typeof run.run>>[number]];
    const expected = new Float32Array(576 * 4);
    expected[(24 * 10 + 12) * 4 + 2] = 1;
    expect(layers.conv!.gradient).toEqual(expected);
  });

  test('a metric that does not fit its target says so', async () => {
    using run = await startAttribution(model, settings);
    const wrong = { pixels: noisePixels(model, 0), metric: { direction: [1, 2, 3] } };
    await expect(run.run([wrong])).rejects.toThrow(MetricError);
  });

  test.each(engines)('a layer on which the metric does not depend has no gradient (%s)', async (engine) => {
    const backwards = { layers: ['logits'], target: 'conv', give: ['gradient'] } as const;
    const attempt = async () => {
      using run = await startAttribution(model, backwards, { engine });
      const direction = directionAlong(model.hookPoint('conv'), { 0: 1 });
      await run.run([{ pixels: noisePixels(model, 0), metric: { direction } }]);
    };
    await expect(attempt()).rejects.toThrow(NoGradientError);
  });
});

describe('in a trained network', () => {
  let model: HookedModel;
  beforeAll(async () => {
    model = await loadRegisteredModel('fovea_mini');
  });
  afterAll(() => model.dispose());

  const logit = () => ({ direction: directionAlong(model.hookPoint('logits'), { 4: 1, 9: -1 }) });

  async function attribute(settings: AttributionSettings, options: EngineOptions) {
    using run = await startAttribution(model, settings, options);
    const example = { pixels: noisePixels(model, 5), metric: logit() };
    return (await run.run([example]))[0]!;
  }

  test('compiled and eager agree', async () => {
    const settings = { layers: ['conv2d2', 'mixed3b', 'mixed4b'], target: 'logits', give: all };
    const before = tf.memory().numTensors;
    const compiled = await attribute(settings, { engine: 'compiled' });
    const eager = await attribute(settings, { engine: 'eager' });
    expect(tf.memory().numTensors).toBe(before);
    for (const layer of settings.layers)
      for (const part of all) expectNear(compiled.layers[layer]![part], eager.layers[layer]![part]);
  });

  test.each(['image', 'conv2d2', 'mixed3b', 'mixed3a.branch3x3'])(
    'integrated gradients at %s account for the change of the metric',
    async (layer) => {
      const run = async (options: EngineOptions, steps: number) => {
        using integrated = await startIntegratedGradients(model, { layer, target: 'logits', steps }, options);
        return integrated.run(await exampleAt(layer));
      };
      const compiled = await run({ engine: 'compiled' }, 100);
      const eager = await run({ engine: 'eager' }, 4);
      expectNear((await run({ engine: 'compiled' }, 4)).attribution, eager.attribution, 1e-4);
      const moved = compiled.attribution.reduce((sum, value) => sum + Math.abs(value), 0);
      expect(Math.abs(compiled.convergenceDelta)).toBeLessThan(0.01 * moved);
    },
  );

  async function exampleAt(layer: string): Promise<IntegratedExample> {
    const pixels = noisePixels(model, 5);
    const value = tf.tidy(() => {
      const input = model.preprocess(tf.tensor4d(pixels, [1, 64, 64, 3]));
      return layer === 'image' ? input : model.run(input, { until: [layer] })[layer]!.clone();
    });
    const example = { value: await value.data<'float32'>(), metric: logit() };
    value.dispose();
    return layer.includes('.') ? { ...example, pixels } : example;
  }
});

function sumOf(values: Float32Array): number {
  return values.reduce((sum, value) => sum + value, 0);
}
