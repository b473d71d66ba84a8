import { findArchitecture, findVariant, type HookedModel } from '@fovea/models';
import { startBackend, tf } from '@fovea/tensor';
import { beforeAll, describe, expect, it } from 'vitest';
import { cutBetween, imageInput, runCut } from '../cut.ts';
import { randomModel } from '../testing/random-model.ts';
import { effectiveWeights, kernelBetween, partOf, type EffectiveWeights } from './effective-weights.ts';
import { linearizedModel } from './linearized-model.ts';

beforeAll(async () => {
  await startBackend({ force: 'wasm', threads: 1 });
});

function small(architecture: string, variant: string, size: number): HookedModel {
  const found = findVariant(findArchitecture(architecture), variant);
  return randomModel({ ...found, preprocessing: { ...found.preprocessing, height: size, width: size } });
}

/**
 * The largest difference, in relation to the largest weight, between what the weights predict and what the linearised
 * network answers to one channel of the source being one at one position, over all positions of the target that see
 * that position but no edge.
 */
function impulseError(
  model: HookedModel,
  weights: EffectiveWeights,
  input: number,
  linearization = {},
): number {
  const linear = linearizedModel(model, linearization);
  const cut = cutBetween(linear, weights.from, weights.to);
  const [height, width, channels] = cut.shape as [number, number, number];
  const [y, x] = [Math.floor(height / 2), Math.floor(width / 2)];
  const response = tf.tidy(() => {
    const impulse = tf.buffer([1, height, width, channels]);
    impulse.set(1, 0, y, x, input);
    const { image } = imageInput(linear, cut);
    const grey = image && tf.zeros([...image.shape]);
    const run = (value: tf.Tensor) => runCut(linear, cut, value, grey);
    return run(impulse.toTensor()).sub(run(tf.zeros([1, height, width, channels])));
  });
  const [, rows, columns, outputs] = response.shape as [number, number, number, number];
  const measured = response.dataSync();
  let [error, largest] = [0, 0];
  for (let output = 0; output < outputs; output++) {
    const { part } = partOf(weights, output);
    const kernel = kernelBetween(weights, input, output);
    for (let row = 0; row < rows; row++)
      for (let column = 0; column < columns; column++) {
        const first = [
          part.stride[0] * row + part.offset[0],
          part.stride[1] * column + part.offset[1],
        ] as const;
        const inside =
          first[0] >= 0 &&
          first[1] >= 0 &&
          first[0] + part.height <= height &&
          first[1] + part.width <= width;
        if (!inside) continue;
        const [dy, dx] = [y - first[0], x - first[1]];
        const hit = dy >= 0 && dy < part.height && dx >= 0 && dx < part.width;
        const predicted = hit ? kernel[dy * part.width + dx]! : 0;
        const actual = measured[(row * columns + column) * outputs + output]!;
        error = Math.max(error, Math.abs(predicted - actual));
        largest = Math.max(largest, Math.abs(predicted));
      }
  }
  expect(largest).toBeGreaterThan(0);
  return error / largest;
}

const blocks: readonly (readonly [string, () => HookedModel, string, string])[] = [
  ['an Inception block', () => small('fovea_mini', 'procedural', 96), 'mixed3a', 'mixed3b'],
  [
    'Inception blocks with a pool between them',
    () => small('fovea_mini', 'procedural', 128),
    'mixed3b',
    'mixed4a',
  ],
  ['a stem with local response norms', () => small('inception_v1', 'inception_v1', 96), 'conv2d0', 'conv2d2'],
  ['a residual block', () => small('cifar_resnet', 'resnet20', 32), 'layer1.0', 'layer1.1'],
  ['a residual block with a projection', () => small('resnet', 'resnet18', 128), 'layer1.1', 'layer2.0'],
  [
    'a ConvNeXt block',
    () => small('convnext', 'convnext_atto', 96),
    'stages.0.blocks.0.resid_post',
    'stages.0.blocks.1.resid_post',
  ],
  [
    'a ConvNeXt V2 block',
    () => small('convnext', 'convnextv2_atto', 96),
    'stages.0.blocks.0.resid_post',
    'stages.0.blocks.1.resid_post',
  ],
  ['a fire module', () => small('squeezenet', 'squeezenet1_0', 96), 'features.3', 'features.4'],
];

describe('effective weights', () => {
  it.each(blocks)('predict what %s answers to impulses', async (_, load, from, to) => {
    const model = load();
    const weights = await effectiveWeights(model, from, to);
    expect(weights.route).toBe('composed');
    for (const input of [0, 3, weights.inputs - 1])
      expect(impulseError(model, weights, input)).toBeLessThan(1e-4);
    model.dispose();
  });

  it.each(blocks.slice(0, 6))(
    'of %s are the same by composition and by gradients',
    async (_, load, from, to) => {
      const model = load();
      const composed = await effectiveWeights(model, from, to, { route: 'composed' });
      const differentiated = await effectiveWeights(model, from, to, { route: 'differentiated' });
      expect(largestDifference(composed, differentiated)).toBeLessThan(1e-4);
      model.dispose();
    },
  );
});

/** In relation to the largest weight; kernels may be surrounded by zeros. */
function largestDifference(a: EffectiveWeights, b: EffectiveWeights): number {
  let [difference, largest] = [0, 0];
  for (let output = 0; output < a.outputs; output++) {
    const [one, other] = [partOf(a, output).part, partOf(b, output).part];
    expect(one.stride).toEqual(other.stride);
    for (let input = 0; input < a.inputs; input++) {
      const kernels = [kernelBetween(a, input, output), kernelBetween(b, input, output)] as const;
      const at = (part: typeof one, kernel: Float32Array, y: number, x: number) => {
        const [row, column] = [y - part.offset[0], x - part.offset[1]];
        const inside = row >= 0 && row < part.height && column >= 0 && column < part.width;
        return inside ? kernel[row * part.width + column]! : 0;
      };
      for (let y = other.offset[0]; y < other.offset[0] + other.height; y++)
        for (let x = other.offset[1]; x < other.offset[1] + other.width; x++) {
          difference = Math.max(
            difference,
            Math.abs(at(one, kernels[0], y, x) - at(other, kernels[1], y, x)),
          );
          largest = Math.max(largest, Math.abs(at(other, kernels[1], y, x)));
        }
    }
  }
  expect(largest).toBeGreaterThan(0);
  return difference / largest;
}
