import { readFileSync } from 'node:fs';
import { startBackend, tf } from '@fovea/tensor';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { HookedModel } from '../hooked-model.ts';
import { hookedModel } from '../model.ts';
import { syntheticInput } from '../parity/synthetic-tensor.ts';
import { onnxFixture, writeSyntheticOnnx } from '../testing/synthetic-onnx.ts';
import { temporaryFolder } from '../testing/temporary-folder.ts';
import { loadOnnx } from './onnx-model.ts';

interface Summary {
  readonly shape: readonly number[];
  readonly mean: number;
  readonly absmax: number;
  readonly samples: readonly (readonly [index: number, value: number])[];
}

interface Fixture {
  readonly input: { readonly name: string; readonly shape: [number, number, number, number] };
  readonly values: Readonly<Record<string, Summary>>;
  readonly gradient: { readonly channel: number; readonly input_gradient: Summary };
}

const folder = temporaryFolder();

async function load(
  name: string,
): Promise<{ model: HookedModel; fixture: Fixture; warnings: readonly string[] }> {
  const path = folder.path(`${name}.onnx`);
  await writeSyntheticOnnx(name, path);
  const { network, weights, naming, preprocessing, warnings } = await loadOnnx(path);
  const identity = { name, architecture: 'onnx', variant: 'onnx', digest: '0'.repeat(64), preprocessing };
  const fixture = JSON.parse(readFileSync(onnxFixture(`${name}.json`), 'utf8')) as Fixture;
  return { model: hookedModel(identity, network, weights, naming), fixture, warnings };
}

/** The file's own input, [batch, channels, height, width] or channels-last, as [batch, height, width, channels]. */
function inputOf({ input: { name, shape } }: Fixture, model: HookedModel): tf.Tensor4D {
  const stored = tf.tensor4d(syntheticInput(name, shape), shape);
  return shape[3] === model.inputs[0]!.shape[2] ? stored : stored.transpose([0, 2, 3, 1]);
}

/** As it is, channels-first, or with the batch moved from the front to where the file has it. */
function orders(rank: number): number[][] {
  const axes = Array.from({ length: rank }, (_, axis) => axis);
  return [
    axes,
    ...(rank === 4 ? [[0, 3, 1, 2]] : []),
    ...axes.map((to) => axes.slice(1).toSpliced(to, 0, 0)),
  ];
}

/** What is off, in units of the largest value. */
function deviation(value: tf.Tensor, { shape, samples, absmax }: Summary): number {
  const order = orders(value.rank).find((axes) =>
    axes.every((from, axis) => value.shape[from] === shape[axis]),
  );
  expect(order, `[${value.shape.join()}] is [${shape.join()}] in another order`).toBeDefined();
  const values = value.transpose(order).dataSync();
  return Math.max(...samples.map(([index, expected]) => Math.abs(values[index]! - expected))) / absmax;
}

beforeAll(async () => {
  await startBackend();
});

const names = [
  'resnet18',
  'gray',
  'bands',
  'channels_last',
  'mobile',
  'convnext',
  'convnext_dynamo',
  'vit',
  'vit_one_image',
  'vit_dynamo',
  'vit_dynamo_one_image',
];

/** Values that are the same for all images. */
const withoutBatch: Readonly<Record<string, readonly string[]>> = {
  bands: ['/norm/Constant_1_output_0', '/norm/Constant_2_output_0', '/Constant_output_0'],
  convnext_dynamo: ['val_73'],
  vit_one_image: ['/Expand_output_0'],
};

describe.each(names)('the exported model %s', (name) => {
  let model: HookedModel;
  let fixture: Fixture;

  beforeAll(async () => {
    ({ model, fixture } = await load(name));
  });
  afterAll(() => model?.dispose());

  test('computes what onnxruntime does, in every value that has one part for each image', () => {
    const hooks = model.hookPoints.map((point) => point.name);
    const known = hooks.filter((hook) => fixture.values[hook]);
    const others = Object.keys(fixture.values).filter((value) => !hooks.includes(value));
    expect(others).toEqual(withoutBatch[name] ?? []);
    tf.tidy(() => {
      const values = model.run(inputOf(fixture, model), { until: known });
      const off = known.map((hook) => [hook, deviation(values[hook]!, fixture.values[hook]!)] as const);
      expect(off.filter(([, by]) => !(by <= 1e-4))).toEqual([]);
    });
  });

  test('goes on from any of its values as it would have', () => {
    tf.tidy(() => {
      const image = inputOf(fixture, model);
      const logits = model.hookPoints.at(-1)!.name;
      const whole = model.run(image)[logits]!;
      const replaced = model.run(image, { hook: (_, value) => value.clone() })[logits]!;
      expect(replaced.sub(whole).abs().max().dataSync()[0]).toBe(0);
      const { name: middle } = model.hookPoints[Math.floor(model.hookPoints.length / 2)]!;
      const from = model.run(image, { until: [middle] });
      const rest = model.run(image, { from })[logits]!;
      expect(rest.sub(whole).abs().max().dataSync()[0]).toBe(0);
    });
  });

  test('has the gradient of a logit with respect to the image', () => {
    const { channel, input_gradient: expected } = fixture.gradient;
    const logits = model.hookPoints.at(-1)!.name;
    tf.tidy(() => {
      const gradient = tf.grad((image) => model.run(image)[logits]!.slice([0, channel], [-1, 1]).mean())(
        inputOf(fixture, model),
      );
      expect(deviation(gradient, expected)).toBeLessThan(1e-3);
    });
  });
});
