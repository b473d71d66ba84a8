import { startBackend, tf } from '@fovea/tensor';
import * as fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { InputTooSmallError, UnknownChannelError, UnknownLayerError } from './errors.ts';
import type { HookedModel } from './hooked-model.ts';
import { requireChannel } from './model.ts';
import { syntheticModel } from './testing/synthetic-model.ts';

let model: HookedModel;
let input: tf.Tensor4D;

beforeAll(async () => {
  await startBackend();
  model = await syntheticModel('fovea_mini');
  input = tf.randomNormal([2, 64, 64, 3], 0, 1, 'float32', 7);
});

afterAll(() => {
  model.dispose();
  input.dispose();
});

async function valueOf(run: () => tf.Tensor): Promise<number[]> {
  const value = tf.tidy(run);
  const values = [...(await value.data())];
  value.dispose();
  return values;
}

async function changed(layer: string, replacement: (value: tf.Tensor) => tf.Tensor): Promise<number[]> {
  return valueOf(
    () =>
      model.run(input, { hook: (name, value) => (name === layer ? replacement(value) : undefined) }).logits!,
  );
}

describe('hooks', () => {
  test('see every hook point once, in order, with the shapes that are announced', () => {
    const seen: { name: string; shape: number[] }[] = [];
    tf.tidy(() => {
      model.run(input, { hook: (name, { shape }) => void seen.push({ name, shape: shape.slice(1) }) });
    });
    expect(seen).toEqual(model.hookPoints.map(({ name, shape }) => ({ name, shape: [...shape] })));
  });

  test('that replace a value with itself change nothing', async () => {
    const plain = await valueOf(() => model.run(input).logits!);
    const layers = fc.constantFrom(...model.hookPoints.map(({ name }) => name));
    await fc.assert(
      fc.asyncProperty(layers, async (layer) => {
        expect(await changed(layer, (value) => value.clone())).toEqual(plain);
      }),
      { numRuns: 6 },
    );
  });

  test('that ablate a layer change what comes after', async () => {
    const plain = await valueOf(() => model.run(input).logits!);
    expect(await changed('mixed3a', (value) => tf.zerosLike(value))).not.toEqual(plain);
  });

  test('replace what `until` returns', async () => {
    const values = await valueOf(
      () => model.run(input, { until: ['mixed3a'], hook: (_, value) => tf.onesLike(value) }).mixed3a!,
    );
    expect(new Set(values)).toEqual(new Set([1]));
  });
});

describe('until', () => {
  test('computes only that on which a layer depends', () => {
    const seen: string[] = [];
    const values = tf.tidy(() =>
      Object.keys(model.run(input, { until: ['mixed3b.branch1x1'], hook: (name) => void seen.push(name) })),
    );
    expect(values).toEqual(['mixed3b.branch1x1']);
    expect(seen.at(-1)).toBe('mixed3b.branch1x1');
    expect(seen).not.toContain('mixed3b.branch3x3');
    expect(seen).not.toContain('mixed4a');
  });

  test('returns several layers at once, at any input size', () => {
    const shapes = tf.tidy(() => {
      const values = model.run(tf.zeros([1, 96, 80, 3]), { until: ['conv2d0', 'mixed4a'] });
      return Object.values(values).map(({ shape }) => shape.slice(0, 3).join('x'));
    });
    expect(shapes).toEqual(['1x48x40', '1x12x10']);
  });

  test('refuses an unknown layer and names the nearest', () => {
    expect(() => model.run(input, { until: ['mixed3'] })).toThrow(UnknownLayerError);
    expect(() => model.hookPoint('mixed_3a')).toThrow(/Did you mean mixed3a/);
  });
});

test('a channel that a layer does not have is refused', () => {
  const { channels } = model.hookPoint('mixed3a');
  expect(() => requireChannel(model, 'mixed3a', channels)).toThrow(UnknownChannelError);
  expect(() => requireChannel(model, 'mixed3a', -1)).toThrow(UnknownChannelError);
  expect(() => requireChannel(model, 'mixed3a', 0.5)).toThrow(UnknownChannelError);
  expect(() => requireChannel(model, 'mixed3a', channels - 1)).not.toThrow();
});

test('a value of another shape than the layer from which to go on is refused', () => {
  const from = { mixed3a: tf.zeros([1, 8, 8, 79]) };
  expect(() => tf.tidy(() => void model.run({}, { from }))).toThrow(
    /"mixed3a" is \[batch, height, width, channel\], nominally \[batch, 16, 16, 80\]/,
  );
  tf.dispose(from);
});

test('an image that is too small for a window is refused', async () => {
  const squeezenet = await syntheticModel('squeezenet');
  expect(() => tf.tidy(() => void squeezenet.run(tf.zeros([1, 12, 12, 3])))).toThrow(InputTooSmallError);
  squeezenet.dispose();
});

test('nonlinearities that a method overrides are used', async () => {
  const negative = await valueOf(() =>
    model.run(input, { until: ['conv2d0'], nonlinearities: { relu: (x) => x } }).conv2d0!.min(),
  );
  expect(negative[0]).toBeLessThan(0);
});

test('a run leaves nothing behind but what it returns', () => {
  const before = tf.memory().numTensors;
  const values = model.run(input, { until: ['mixed3a', 'logits'] });
  expect(tf.memory().numTensors).toBe(before + 2);
  tf.dispose(values);
});

test('each value that a run returns is a tensor of its own', async () => {
  const vit = await syntheticModel('vit', 'test_vit');
  const image = tf.zeros<tf.Rank.R4>([1, ...vit.inputs[0]!.shape] as [number, number, number, number]);
  const [end, begin] = ['blocks.0.resid_post', 'blocks.1.resid_pre'] as const;
  const values = vit.run(image, { until: [end, begin] });
  values[end]!.dispose();
  const again = vit.run(image, { from: { [begin]: values[begin]! }, until: [begin] });
  tf.dispose(again);
  expect(values[begin]!.isDisposed).toBe(false);
  tf.dispose([values, image]);
  vit.dispose();
});

test('dispose frees every tensor of the model', async () => {
  const before = tf.memory().numTensors;
  const other = await syntheticModel('fovea_mini');
  expect(tf.memory().numTensors).toBeGreaterThan(before);
  other.dispose();
  expect(tf.memory().numTensors).toBe(before);
});

test('parameters of the hook points add up to those of the model', () => {
  const sum = model.hookPoints.reduce((total, { parameters }) => total + parameters, 0);
  expect(sum).toBe(model.parameters);
});
