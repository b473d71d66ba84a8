import { startBackend, tf } from '@fovea/tensor';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { HookedModel } from './hooked-model.ts';
import { syntheticModel } from './testing/synthetic-model.ts';

let model: HookedModel;

beforeAll(async () => {
  await startBackend();
  model = await syntheticModel('fovea_mini');
});

afterAll(() => model.dispose());

/** First and last row of the image on which one position of a layer depends. */
async function rowsSeen(layer: string, position: number, side: number): Promise<[number, number]> {
  const rows = tf.tidy(() => {
    const image = tf.randomUniform<tf.Rank.R4>([1, side, side, 3], -1, 1, 'float32', 3);
    const gradient = tf.grad((x) => {
      // Linear nonlinearities: a rectifier that is off would hide what lies behind it.
      const value = model.run(x, {
        until: [layer],
        nonlinearities: {
          relu: (x) => x,
          maxPool: (x, window, stride, padding) => tf.avgPool(x, window, stride, padding as 'same'),
        },
      })[layer]!;
      return value.slice([0, position, position, 0], [1, 1, 1, -1]).square().sum();
    })(image);
    return gradient.abs().max([0, 2, 3]);
  });
  const magnitudes = [...(await rows.data())];
  rows.dispose();
  const seen = magnitudes.flatMap((magnitude, row) => (magnitude > 0 ? [row] : []));
  return [seen[0]!, seen.at(-1)!];
}

test.each(['conv2d0', 'maxpool0', 'conv2d2', 'mixed3a.branch5x5', 'mixed3a', 'mixed3b'])(
  'of %s is the patch that its gradient reaches',
  async (layer) => {
    const { size, stride, offset } = model.hookPoint(layer).receptiveField!;
    const side = 192;
    const position = Math.floor(side / stride / 2);
    const [first, last] = await rowsSeen(layer, position, side);
    expect(last - first + 1).toBe(size);
    expect((first + last) / 2).toBe(offset + position * stride);
  },
);
