import { startBackend, tf } from '@fovea/tensor';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { HookedModel } from '../hooked-model.ts';
import { importModel } from '../import-model.ts';
import { loadModel } from '../load-model.ts';
import { readImage, sharedMaterial } from '../testing/shared-material.ts';
import { temporaryFolder } from '../testing/temporary-folder.ts';

interface LayerSummary {
  shape_hwc: number[];
  mean: number;
  std: number;
  max: number;
  channel_mean_first8: number[];
  channel_argmax: number;
  centre_first8: number[];
}

interface Expected {
  layers: Record<string, Record<string, LayerSummary>>;
}

async function arrayOf(tensor: tf.Tensor): Promise<number[]> {
  const values = [...(await tensor.data())];
  tensor.dispose();
  return values;
}

/** The same figures of one layer's value [1, height, width, channels]. */
async function summarize(value: tf.Tensor): Promise<LayerSummary> {
  const [, height, width, channels] = value.shape as [number, number, number, number];
  const values = [...(await value.data())];
  const channelMeans = await arrayOf(tf.tidy(() => value.mean([0, 1, 2])));
  const centre = ((height >> 1) * width + (width >> 1)) * channels;
  const mean = channelMeans.reduce((sum, each) => sum + each, 0) / channels;
  const squares = values.reduce((sum, each) => sum + (each - mean) ** 2, 0);
  return {
    shape_hwc: [height, width, channels],
    mean,
    std: Math.sqrt(squares / values.length),
    max: values.reduce((a, b) => Math.max(a, b)),
    channel_mean_first8: channelMeans.slice(0, 8),
    channel_argmax: channelMeans.indexOf(Math.max(...channelMeans)),
    centre_first8: values.slice(centre, centre + 8),
  };
}

/** Where two summaries of a layer differ by more than 1e-3 of its maximum. */
function differences(layer: string, ours: LayerSummary, reference: LayerSummary): string[] {
  const figures = Object.keys(reference) as (keyof LayerSummary)[];
  return figures.flatMap((figure) => {
    const expected = [reference[figure]].flat();
    return [ours[figure]].flat().flatMap((value, index) => {
      const near = Math.abs(value - expected[index]!) <= 1e-3 * reference.max;
      return near ? [] : [`${layer} ${figure}[${index}] is ${value}, expected ${expected[index]}`];
    });
  });
}

describe.skipIf(!sharedMaterial.present)(`InceptionV3 with the weights of 2015${sharedMaterial.note}`, () => {
  const folder = temporaryFolder();
  let model: HookedModel;
  let warnings: string[];

  beforeAll(async () => {
    await startBackend();
    const photograph = sharedMaterial.path('images', 'probe_299', 'imagenet_0151.png');
    const { manifest, weightsPath } = await importModel(
      sharedMaterial.path('models', 'inception_v3_2015.safetensors'),
      'inception_v3',
      { home: folder.path(), photographs: async () => ({ images: await readImage(photograph) }) },
    );
    warnings = manifest.selfTest.warnings;
    model = await loadModel(manifest, weightsPath);
  });

  afterAll(() => model?.dispose());

  test('passes its self-test on a photograph', () => {
    expect(warnings).toEqual([]);
  });

  test.each(['imagenet_0151.png', 'imagenet_0407.png', 'imagenet_0817.png'])(
    'sees in %s what the reference sees, in every layer',
    async (file) => {
      const expected = (sharedMaterial.json('models', 'inception_v3_2015.expected.json') as Expected).layers[
        file
      ]!;
      const image = await readImage(sharedMaterial.path('images', 'probe_299', file));
      const values = tf.tidy(() => model.run(model.preprocess(image), { until: Object.keys(expected) }));
      const found: string[] = [];
      for (const [layer, reference] of Object.entries(expected)) {
        found.push(...differences(layer, await summarize(values[layer]!), reference));
      }
      expect(found).toEqual([]);
      tf.dispose([image, values]);
    },
  );
});
