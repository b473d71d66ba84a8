import { findArchitecture, findVariant, type HookedModel } from '@fovea/models';
import { startBackend } from '@fovea/tensor';
import { beforeAll, describe, expect, it } from 'vitest';
import { impulseError } from '../testing/impulse-error.ts';
import { randomModel } from '../testing/random-model.ts';
import { effectiveWeights, kernelBetween, partOf, type EffectiveWeights } from './effective-weights.ts';

beforeAll(async () => {
  await startBackend({ force: 'wasm', threads: 1 });
});

function small(architecture: string, variant: string, size: number): HookedModel {
  const found = findVariant(findArchitecture(architecture), variant);
  return randomModel({ ...found, preprocessing: { ...found.preprocessing, height: size, width: size } });
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
    for (const input of [0, weights.inputs - 1])
      expect(impulseError(model, weights, input)).toBeLessThan(1e-4);
    model.dispose();
  });

  it.each([blocks[0]!, blocks[3]!, blocks[5]!])(
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
