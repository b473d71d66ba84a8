import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { startBackend, tf } from '@fovea/tensor';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { sampleDigits } from '../diffusion/sample-digits.ts';
import type { HookedModel } from '../hooked-model.ts';
import { publishedModel } from '../testing/published-model.ts';
import { sharedMaterial } from '../testing/shared-material.ts';

const images = () => sharedMaterial.path('images', 't10k-images-idx3-ubyte.gz');
const labels = () => sharedMaterial.path('images', 't10k-labels-idx1-ubyte');

/** MNIST's test set: [10000, 784] in [0, 1], and the digits shown. */
function testSet(): { pixels: tf.Tensor2D; digits: Uint8Array } {
  const idx = gunzipSync(readFileSync(images()));
  const pixels = tf.tidy(() => tf.tensor2d(Float32Array.from(idx.subarray(16)), [10_000, 784]).div(255));
  return { pixels: pixels as tf.Tensor2D, digits: readFileSync(labels()).subarray(8) };
}

describe.skipIf(!sharedMaterial.present)(`The MNIST diffusion transformer${sharedMaterial.note}`, () => {
  let model: HookedModel;

  beforeAll(async () => {
    await startBackend();
    model = await publishedModel('dit_mnist_classcond.pth', 'dit_mnist');
  });

  afterAll(() => model?.dispose());

  test('samples digits that are nearest to real ones of their class', async () => {
    const wanted = Array.from({ length: 20 }, (_, index) => Math.floor(index / 2));
    const { pixels, digits } = testSet();
    const sampled = sampleDigits(model, wanted, { seed: 7, steps: 16 });
    const nearest = tf.tidy(() => {
      const rows = sampled.reshape<tf.Tensor2D>([20, 784]);
      const squares = pixels.square().sum(1);
      return squares.sub(tf.matMul(rows, pixels, false, true).mul(2)).argMin(1);
    });
    const found = Array.from(await nearest.data(), (index) => digits[index]);
    tf.dispose([pixels, sampled, nearest]);
    const right = found.filter((digit, index) => digit === wanted[index]).length;
    expect(right).toBeGreaterThanOrEqual(19);
  }, 300_000);

  test('gives the same digits for the same seed, others for another', () => {
    tf.tidy(() => {
      const sample = (seed: number) => sampleDigits(model, [3, 8], { seed, steps: 4 }).dataSync();
      expect(sample(1)).toEqual(sample(1));
      expect(sample(2)).not.toEqual(sample(1));
    });
  });

  test('removes noise that was added to real digits', () => {
    tf.tidy(() => {
      const { pixels, digits } = testSet();
      const clean = pixels.slice(0, 16).reshape<tf.Tensor4D>([16, 28, 28, 1]);
      const noisy = clean.mul(0.7).add(tf.randomNormal(clean.shape, 0, 0.3, 'float32', 5));
      const label = tf.tensor1d(Array.from(digits.subarray(0, 16)), 'int32');
      const { denoised } = model.run({ image: noisy, time: tf.ones([16]).mul(0.7), class: label });
      const error = (image: tf.Tensor) => image.sub(clean).square().mean().dataSync()[0]!;
      expect(error(denoised!)).toBeLessThan(error(noisy) / 5);
    });
  });

  test('shows its time and class tokens to hooks', () => {
    tf.tidy(() => {
      const inputs = {
        image: tf.zeros([1, 28, 28, 1]),
        time: tf.tensor1d([0.5]),
        class: tf.tensor1d([3], 'int32'),
      };
      const values = model.run(inputs, { until: ['time_embed', 'class_embed', 'blocks.2.attn.pattern'] });
      expect(values.time_embed!.shape).toEqual([1, 2, 64]);
      expect(values.class_embed!.shape).toEqual([1, 2, 64]);
      expect(values['blocks.2.attn.pattern']!.shape).toEqual([1, 4, 20, 20]);
    });
  });
});
