import { startBackend } from '@fovea/tensor';
import { beforeAll, describe, expect, test } from 'vitest';
import type { HookedModel } from '../hooked-model.ts';
import { topAccuracies, type Example } from '../testing/accuracy.ts';
import { publishedModel } from '../testing/published-model.ts';
import { readImage, sharedMaterial } from '../testing/shared-material.ts';

interface Photograph {
  file: string;
  class: number;
}

function readPhotographs(size: number): Promise<Example[]> {
  const index = sharedMaterial.json('images', 'imagenet_224', 'index.json') as Photograph[];
  return Promise.all(
    index.map(async ({ file, class: label }) => ({
      image: await readImage(sharedMaterial.path('images', 'imagenet_224', file), size),
      label,
    })),
  );
}

describe.skipIf(!sharedMaterial.present)(`SqueezeNet 1.0 with ImageNet weights${sharedMaterial.note}`, () => {
  let model: HookedModel;

  beforeAll(async () => {
    await startBackend();
    model = await publishedModel('squeezenet1_0_imagenet.safetensors', 'squeezenet', 'squeezenet1_0_caffe');
    return () => model.dispose();
  });

  test('is right about 62.5 % of the photographs, and about 83.5 % among its first five', async () => {
    const examples = await readPhotographs(model.preprocessing.height);
    expect(examples).toHaveLength(200);
    const [top1, top5] = await topAccuracies(model, examples, [1, 5]);
    // One photograph is 0.005.
    expect(Math.abs(top1! - 0.625)).toBeLessThan(0.008);
    expect(Math.abs(top5! - 0.835)).toBeLessThan(0.008);
  }, 300_000);
});
