import { startBackend, tf } from '@fovea/tensor';
import * as fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { NothingToProcessError } from '../errors.ts';
import type { HookedModel, InputSpec } from '../hooked-model.ts';
import { syntheticInput } from '../parity/synthetic-tensor.ts';
import { smallModels } from '../testing/small-models.ts';
import { processWeights, type WeightProcessingName } from './process-weights.ts';

beforeAll(async () => {
  await startBackend();
});

const transformer: WeightProcessingName[] = ['foldLayerNorm', 'foldValueBiases', 'centerWritingWeights'];

/** What applies to which of the small models. */
const cases: [architecture: string, name: string, processings: WeightProcessingName[]][] = [
  ['vit', 'test_vit', [...transformer, 'centerUnembedding']],
  ['vit', 'test_vit2', [...transformer, 'foldLayerScale', 'centerUnembedding']],
  ['clip', 'with a vision transformer', transformer],
  ['clip', 'with a ResNet', ['foldBatchNorm', ...transformer]],
  ['clip_text_model', 'of three layers', ['foldLayerNorm', 'foldValueBiases', 'centerWritingWeights']],
  [
    'convnext',
    'convnext_atto',
    ['foldLayerNorm', 'foldLayerScale', 'centerWritingWeights', 'centerUnembedding'],
  ],
  ['convnext', 'convnextv2_atto', ['foldLayerNorm', 'centerUnembedding']],
  ['cifar_resnet', 'resnet20', ['foldBatchNorm', 'centerUnembedding']],
  ['googlenet', 'googlenet', ['foldBatchNorm', 'centerUnembedding']],
  ['vgg', 'of two stages, with batch norm', ['foldBatchNorm', 'centerUnembedding']],
];

const load = (architecture: string, name: string) =>
  smallModels.find((each) => each.architecture === architecture && each.name === name)!.load();

function inputsOf(model: HookedModel, seed: number): Record<string, tf.Tensor> {
  return Object.fromEntries(model.inputs.map((spec) => [spec.name, inputOf(spec, seed)]));
}

function inputOf({ name, shape, dtype }: InputSpec, seed: number): tf.Tensor {
  const values = syntheticInput(`${name} ${seed}`, [2, ...shape]);
  return dtype === 'int32'
    ? tf.tensor(
        values.map((value) => Math.floor((value + 1) * 5)),
        [2, ...shape],
        'int32',
      )
    : tf.tensor(values, [2, ...shape]);
}

async function valueAt(
  model: HookedModel,
  inputs: Record<string, tf.Tensor>,
  layer?: string,
): Promise<Float32Array> {
  const options = layer === undefined ? {} : { until: [layer] };
  const [value] = Object.values(tf.tidy(() => model.run(inputs, options)));
  const values = await value!.data<'float32'>();
  value!.dispose();
  return values;
}

/** Of two outputs, as a share of the largest magnitude. */
function deviation(values: tf.TypedArray, reference: tf.TypedArray): number {
  let [worst, absmax] = [0, 0];
  for (let index = 0; index < reference.length; index++) {
    worst = Math.max(worst, Math.abs(values[index]! - reference[index]!));
    absmax = Math.max(absmax, Math.abs(reference[index]!));
  }
  return worst / absmax;
}

/** Of a batch of two, each row less its mean. */
function withoutMean(values: Float32Array): Float32Array {
  const classes = values.length / 2;
  const mean = [0, 1].map(
    (row) =>
      values.subarray(row * classes, (row + 1) * classes).reduce((sum, value) => sum + value, 0) / classes,
  );
  return Float32Array.from(values, (value, index) => value - mean[Math.floor(index / classes)]!);
}

describe.each(cases)('%s (%s)', (architecture, name, processings) => {
  let model: HookedModel;

  beforeAll(async () => {
    model = await load(architecture, name);
  });
  afterAll(() => model.dispose());

  test('computes the same after any processings in any order, and keeps its own weights', async () => {
    const before = new Map([...model.weights].map(([tensor, value]) => [tensor, value.dataSync().slice()]));
    await fc.assert(
      fc.asyncProperty(
        fc.shuffledSubarray(processings, { minLength: 1 }),
        fc.nat({ max: 1000 }),
        async (chosen, seed) => {
          const inputs = inputsOf(model, seed);
          const processed = processWeights(model, chosen);
          const values = [await valueAt(processed, inputs), await valueAt(model, inputs)] as const;
          const [ours, reference] = chosen.includes('centerUnembedding')
            ? [withoutMean(values[0]), withoutMean(values[1])]
            : values;
          expect(deviation(ours, reference)).toBeLessThan(1e-4);
          processed.dispose();
          tf.dispose(inputs);
        },
      ),
      { numRuns: 5, seed: 1 },
    );
    for (const [tensor, values] of before) expect(model.weights.get(tensor)!.dataSync()).toEqual(values);
  });

  test.each(processings)('%s changes weights, and the digest with them', async (processing) => {
    const processed = processWeights(model, [processing]);
    const changed = [...processed.weights].filter(
      ([tensor, value]) => deviation(value.dataSync(), model.weights.get(tensor)!.dataSync()) > 1e-3,
    );
    expect(changed).not.toEqual([]);
    expect(processed.digest).not.toBe(model.digest);
    processed.dispose();
  });

  test('frees all that it makes', () => {
    const before = tf.memory().numTensors;
    processWeights(model, processings).dispose();
    expect(tf.memory().numTensors).toBe(before);
  });
});

describe('a vision transformer', () => {
  test('has a residual stream without a mean once what writes to it is centred', async () => {
    for (const name of ['test_vit', 'test_vit2']) {
      const model = await load('vit', name);
      const processed = processWeights(model, ['centerWritingWeights']);
      const inputs = inputsOf(model, 1);
      for (const layer of ['full_embed', 'blocks.0.resid_mid', 'blocks.5.resid_post']) {
        const { channels } = model.hookPoint(layer);
        const values = await valueAt(processed, inputs, layer);
        const means = Array.from({ length: values.length / channels }, (_, row) =>
          Math.abs(
            values.subarray(row * channels, (row + 1) * channels).reduce((sum, value) => sum + value, 0),
          ),
        );
        expect(Math.max(...means)).toBeLessThan(1e-4);
      }
      tf.dispose(inputs);
      [model, processed].forEach((each) => each.dispose());
    }
  });

  test('shows normalised values behind a folded layer norm', async () => {
    const model = await load('vit', 'test_vit');
    const processed = processWeights(model, ['foldLayerNorm']);
    const inputs = inputsOf(model, 1);
    const [normalized, folded] = [
      await valueAt(model, inputs, 'blocks.0.ln1.normalized'),
      await valueAt(processed, inputs, 'blocks.0.ln1'),
    ];
    expect(deviation(folded, normalized)).toBeLessThan(1e-6);
    tf.dispose(inputs);
    [model, processed].forEach((each) => each.dispose());
  });

  test('refuses what does not apply to it, and frees what it made so far', async () => {
    const model = await load('vit', 'test_vit');
    const before = tf.memory().numTensors;
    expect(() => processWeights(model, ['foldLayerNorm', 'foldBatchNorm'])).toThrow(NothingToProcessError);
    expect(tf.memory().numTensors).toBe(before);
    model.dispose();
  });
});

test('of a stream that convolutions read, only what no convolution reads any more is centred', async () => {
  const model = await load('convnext', 'convnext_atto');
  const processed = processWeights(model, ['centerWritingWeights']);
  const centered = [...model.weights.keys()].filter((tensor) => {
    if (!/^stages\.\d\..*fc2\.weight$/.test(tensor)) return false;
    return tf.tidy(() => processed.weights.get(tensor)!.mean(-1).abs().max().dataSync()[0]! < 1e-6);
  });
  const lastOfEachStage = [1, 1, 5, 1].map(
    (block, stage) => `stages.${stage}.blocks.${block}.mlp.fc2.weight`,
  );
  expect(centered).toEqual(lastOfEachStage);
  [model, processed].forEach((each) => each.dispose());
});

test('a batch norm that is folded does nothing any more', async () => {
  const model = await load('cifar_resnet', 'resnet20');
  const processed = processWeights(model, ['foldBatchNorm']);
  const inputs = inputsOf(model, 1);
  const [convolved, normalized] = [
    await valueAt(processed, inputs, 'layer1.0.conv1'),
    await valueAt(processed, inputs, 'layer1.0.bn1'),
  ];
  const bias = processed.weights.get('layer1.0.bn1.bias')!.dataSync();
  const shifted = Float32Array.from(convolved, (value, index) => value + bias[index % bias.length]!);
  expect(deviation(normalized, shifted)).toBeLessThan(1e-6);
  tf.dispose(inputs);
  [model, processed].forEach((each) => each.dispose());
});
