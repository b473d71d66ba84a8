/** A classifier so small that it learns in a second to tell stripes along rows from stripes along columns. */
import {
  concat,
  conv2d,
  globalAvgPool,
  hook,
  linear,
  maxPool,
  networkOf,
  relu,
  type Variant,
} from '@fovea/models';
import { randomFor } from '@fovea/tensor';
import type { Batch, Classifier } from '../training/classifier-gradient.ts';

const SIZE = 8;

/** Every kind of block that the default network is made of, as small as can be. */
const tiny: Variant = {
  name: 'tiny',
  description: 'for these tests',
  preprocessing: {
    height: SIZE,
    width: SIZE,
    channelOrder: 'rgb',
    scale: 1,
    mean: [0.5, 0.5, 0.5],
    crop: 1,
    interpolation: 'bicubic' as const,
    std: [0.25, 0.25, 0.25],
  },
  forward(image) {
    const stem = relu(conv2d(image, 'stem', 4, 5, { stride: 2, padding: 'same' }));
    const pooled = maxPool(stem, 3, { stride: 1, padding: 'same' });
    const mixed = concat([relu(conv2d(stem, 'wide', 3, 3, { padding: 'same' })), pooled]);
    return hook('logits', linear(globalAvgPool(mixed), 'fc', 2), 'logits');
  },
};

export const stripesClassifier: Classifier = {
  network: networkOf(tiny),
  preprocessing: tiny.preprocessing,
  classes: 2,
};

/** Stripes along rows are class 0, along columns class 1. */
export function stripes(seed: number, count: number): Batch {
  const random = randomFor(seed, 0, 'stripes');
  const labels = Int32Array.from({ length: count }, () => random.integer(2));
  const pixels = new Uint8Array(count * SIZE * SIZE * 3);
  labels.forEach((label, image) => {
    const phase = random.integer(4);
    for (let i = 0; i < SIZE * SIZE; i++) {
      const along = label === 0 ? Math.floor(i / SIZE) : i % SIZE;
      const value = (along + phase) % 4 < 2 ? 40 : 210;
      pixels.fill(value, (image * SIZE * SIZE + i) * 3, (image * SIZE * SIZE + i + 1) * 3);
    }
  });
  return { pixels, labels };
}
