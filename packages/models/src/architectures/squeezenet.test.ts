import { startBackend, tf } from '@fovea/tensor';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { HookedModel } from '../hooked-model.ts';
import { importModel } from '../import-model.ts';
import { loadModel } from '../model.ts';
import { readImage, sharedMaterial } from '../testing/shared-material.ts';
import { syntheticModel } from '../testing/synthetic-model.ts';
import { syntheticInput } from '../parity/synthetic-tensor.ts';
import { temporaryFolder } from '../testing/temporary-folder.ts';

interface Summary {
  shape: number[];
  absmax: number;
  samples: [index: number, value: number][];
}

interface Fixture {
  tensors: Record<string, number[]>;
  input: { name: string; shape: number[] };
  activations: Record<string, Summary>;
  output: { logits: Summary };
  gradient: { objective: { layer: string; channel: number }; value: number; input_gradient: Summary };
}

/** Values in PyTorch's order, as fixtures index them. */
async function inTorchOrder(value: tf.Tensor): Promise<tf.TypedArray> {
  const ordered = value.rank === 4 ? value.transpose([0, 3, 1, 2]) : value.clone();
  const values = await ordered.data();
  ordered.dispose();
  return values;
}

/** The largest deviation of a recorded sample, as a share of the largest magnitude. */
async function deviation(value: tf.Tensor, reference: Summary): Promise<number> {
  const values = await inTorchOrder(value);
  expect(values.length).toBe(reference.shape.reduce((a, b) => a * b));
  const errors = reference.samples.map(([index, expected]) => Math.abs(values[index]! - expected));
  return Math.max(...errors) / reference.absmax;
}

describe.skipIf(!sharedMaterial.present)(
  `SqueezeNet 1.0 as torchvision computes it${sharedMaterial.note}`,
  () => {
    let fixture: Fixture;
    let model: HookedModel;
    let input: tf.Tensor4D;

    beforeAll(async () => {
      await startBackend();
      fixture = sharedMaterial.json('fixtures', 'squeezenet1_0.json') as Fixture;
      model = await syntheticModel('squeezenet', 'squeezenet1_0');
      const { name, shape } = fixture.input;
      input = tf.tidy(() =>
        tf.tensor(syntheticInput(name, shape), shape).transpose<tf.Tensor4D>([0, 2, 3, 1]),
      );
    });

    afterAll(() => {
      model?.dispose();
      input?.dispose();
    });

    test('agrees in every recorded layer and in the logits', async () => {
      const references = { ...fixture.activations, logits: fixture.output.logits };
      const values = model.run(input, { until: Object.keys(references) });
      for (const [layer, reference] of Object.entries(references)) {
        expect(await deviation(values[layer]!, reference)).toBeLessThanOrEqual(1e-4);
      }
      tf.dispose(values);
    });

    test('agrees in the gradient of a channel with respect to the image', async () => {
      const { objective, value: expected, input_gradient: reference } = fixture.gradient;
      const { value, grad } = tf.valueAndGrad((x: tf.Tensor) => {
        const values = model.run(x as tf.Tensor4D, { until: [objective.layer] });
        return values[objective.layer]!.gather([objective.channel], -1).mean();
      })(input);
      expect((await value.data())[0]).toBeCloseTo(expected, 4);
      expect(await deviation(grad, reference)).toBeLessThanOrEqual(1e-3);
      tf.dispose([value, grad]);
    });
  },
);

describe.skipIf(!sharedMaterial.present)(`SqueezeNet 1.0 with ImageNet weights${sharedMaterial.note}`, () => {
  const folder = temporaryFolder();

  test('names about 62 % of photographs rightly', async () => {
    await startBackend();
    const { manifest, weightsPath } = await importModel(
      sharedMaterial.path('models', 'squeezenet1_0_imagenet.safetensors'),
      'squeezenet',
      { home: folder.path(), variant: 'squeezenet1_0_caffe' },
    );
    expect(manifest.selfTest.warnings).toEqual([]);
    const model = await loadModel(manifest, weightsPath);
    const photographs = everySecond(
      sharedMaterial.json('images', 'imagenet_224', 'index.json') as { file: string; class: number }[],
    );
    let right = 0;
    for (const { file, class: label } of photographs) {
      const path = sharedMaterial.path('images', 'imagenet_224', file);
      const image = await readImage(path, manifest.preprocessing.height);
      const best = tf.tidy(() => model.run(model.preprocess(image)).logits!.argMax(-1));
      if ((await best.data())[0] === label) right += 1;
      tf.dispose([image, best]);
    }
    model.dispose();
    expect(right / photographs.length).toBeGreaterThanOrEqual(0.58);
    expect(right / photographs.length).toBeLessThanOrEqual(0.68);
  }, 300_000);
});

function everySecond<T>(items: readonly T[]): T[] {
  return items.filter((_, index) => index % 2 === 0);
}
