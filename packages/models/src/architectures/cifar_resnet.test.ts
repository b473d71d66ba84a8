import { readFileSync } from 'node:fs';
import { startBackend, tf } from '@fovea/tensor';
import { beforeAll, describe, expect, test } from 'vitest';
import { topAccuracies, type Example } from '../testing/accuracy.ts';
import { publishedModel } from '../testing/published-model.ts';
import { sharedMaterial } from '../testing/shared-material.ts';

const side = 32;
const imageBytes = 3 * side * side;

/** CIFAR-10's binary format: for each picture a label, then its red, green and blue values. */
function readPictures(): Example[] {
  const bytes = readFileSync(sharedMaterial.path('images', 'cifar10_test_first500.bin'));
  return Array.from({ length: bytes.length / (1 + imageBytes) }, (_, index) => {
    const start = index * (1 + imageBytes);
    const values = Float32Array.from(bytes.subarray(start + 1, start + 1 + imageBytes));
    const image = tf.tidy(() =>
      tf.tensor(values, [1, 3, side, side]).transpose<tf.Tensor4D>([0, 2, 3, 1]).div<tf.Tensor4D>(255),
    );
    return { image, label: bytes[start]! };
  });
}

describe.skipIf(!sharedMaterial.present)(`Trained CIFAR ResNets${sharedMaterial.note}`, () => {
  beforeAll(() => startBackend());

  test.each([
    { file: 'resnet20-12fca82f.th', variant: 'resnet20', accuracy: 0.91 },
    { file: 'resnet56-4bfd9763.th', variant: 'resnet56', accuracy: 0.94 },
  ])(
    '$variant recognizes $accuracy of the test pictures',
    async ({ file, variant, accuracy }) => {
      const model = await publishedModel(file, 'cifar_resnet');
      expect(model.variant).toBe(variant);
      const [top1] = await topAccuracies(model, readPictures(), [1]);
      model.dispose();
      // One picture is 0.002.
      expect(Math.abs(top1! - accuracy)).toBeLessThan(0.003);
    },
    300_000,
  );
});
