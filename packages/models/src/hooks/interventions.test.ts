import { startBackend, tf } from '@fovea/tensor';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { NoGradientError, ResampleError, SelectionError, UnknownLayerError } from '../errors.ts';
import type { Hook, HookedModel, Nonlinearities } from '../hooked-model.ts';
import { syntheticModel } from '../testing/synthetic-model.ts';
import { ablate, addTo, capture, chain, clamp, gradientsAt, replace, withHooks } from './index.ts';

let model: HookedModel;
let input: tf.Tensor4D;

beforeAll(async () => {
  await startBackend();
  model = await syntheticModel('fovea_mini');
  input = tf.randomNormal([3, 64, 64, 3], 0, 1, 'float32', 7);
});

afterAll(() => {
  model.dispose();
  input.dispose();
});

/** What a hook makes of a layer: [batch, height, width, channels]. */
async function made(layer: string, hook?: Hook): Promise<number[][][][]> {
  const value = tf.tidy(() => model.run(input, { until: [layer], hook })[layer]!);
  const values = (await value.array()) as number[][][][];
  value.dispose();
  return values;
}

describe('an intervention', () => {
  test('at one channel leaves the others as they are', async () => {
    const plain = await made('mixed3a');
    const zeroed = await made('mixed3a', ablate(model, 'mixed3a', { by: 'zero' }, { channels: [5] }));
    expect(zeroed.flat(3).length).toBe(plain.flat(3).length);
    for (const [index, pixel] of zeroed.flat(2).entries()) {
      const expected = plain.flat(2)[index]!.map((value, channel) => (channel === 5 ? 0 : value));
      expect(pixel).toEqual(expected);
    }
  });

  test('at a position and a channel touches just what both select', async () => {
    const plain = await made('mixed3a');
    const marked = await made(
      'mixed3a',
      replace(model, 'mixed3a', tf.scalar(9), { channels: [2], positions: [[1, 3]] }),
    );
    const changes = marked.flatMap((rows, b) =>
      rows.flatMap((row, y) =>
        row.flatMap((pixel, x) =>
          pixel.flatMap((value, c) => (value === plain[b]![y]![x]![c] ? [] : [[b, y, x, c, value]])),
        ),
      ),
    );
    expect(changes).toEqual([0, 1, 2].map((b) => [b, 1, 3, 2, 9]));
  });

  test('by the mean keeps the mean and makes every position alike', async () => {
    const plain = (await made('mixed3a')).flat(2);
    const means = await made('mixed3a', ablate(model, 'mixed3a', { by: 'mean' }));
    const ofChannel4 = plain.reduce((sum, pixel) => sum + pixel[4]!, 0) / plain.length;
    for (const pixel of means.flat(2)) expect(pixel[4]).toBeCloseTo(ofChannel4, 5);
  });

  test('by resampling gives every example the value of another, the same for the same seed', async () => {
    const plain = await made('mixed3a');
    const resampled = await made('mixed3a', ablate(model, 'mixed3a', { by: 'resample', seed: 1 }));
    const sources = resampled.map((value) =>
      plain.findIndex((other) => JSON.stringify(other) === JSON.stringify(value)),
    );
    expect(new Set(sources)).toEqual(new Set([0, 1, 2]));
    sources.forEach((source, index) => expect(source).not.toBe(index));
    expect(await made('mixed3a', ablate(model, 'mixed3a', { by: 'resample', seed: 1 }))).toEqual(resampled);
  });

  test('adds and clamps', async () => {
    const plain = (await made('conv2d1')).flat(3);
    const added = (await made('conv2d1', addTo(model, 'conv2d1', tf.scalar(1)))).flat(3);
    const clamped = (await made('conv2d1', clamp(model, 'conv2d1', { max: 0.5 }))).flat(3);
    added.forEach((value, index) => expect(value).toBeCloseTo(plain[index]! + 1, 5));
    expect(clamped).toEqual(plain.map((value) => Math.min(value, 0.5)));
  });

  test('sees what the interventions before it made', async () => {
    const twice = chain(
      replace(model, 'conv2d1', tf.scalar(2)),
      addTo(model, 'conv2d1', tf.scalar(1), { channels: [0] }),
    );
    const [pixel] = (await made('conv2d1', twice)).flat(2);
    expect(pixel!.slice(0, 2)).toEqual([3, 2]);
  });
});

describe('what cannot be selected is refused', () => {
  test('an unknown layer, with the nearest', () => {
    expect(() => ablate(model, 'mixed3')).toThrow(UnknownLayerError);
  });

  test('an axis or an index that the value does not have', () => {
    const run = (hook: Hook) => () => tf.tidy(() => void model.run(input, { hook }));
    expect(run(ablate(model, 'mixed3a', { by: 'zero' }, { heads: [0] }))).toThrow(SelectionError);
    expect(run(ablate(model, 'mixed3a', { by: 'zero' }, { channels: [80] }))).toThrow(/indices are 0 to 79/);
    expect(run(ablate(model, 'mixed3a', { by: 'zero' }, { positions: [[0, 99]] }))).toThrow(SelectionError);
  });

  test('another example where there is none', () => {
    const alone = input.slice(0, 1);
    const hook = ablate(model, 'mixed3a', { by: 'resample', seed: 0 });
    expect(() => tf.tidy(() => void model.run(alone, { hook }))).toThrow(ResampleError);
    alone.dispose();
  });
});

describe('capturing', () => {
  test('takes what the filter lets through and computes nothing beyond', () => {
    const seen: string[] = [];
    const hook = (name: string) => void seen.push(name);
    const before = tf.memory().numTensors;
    const values = capture(model, input, [/^mixed3a\.branch\dx\d$/, 'conv2d0'], { hook });
    expect(Object.keys(values)).toEqual([
      'conv2d0',
      'mixed3a.branch1x1',
      'mixed3a.branch3x3',
      'mixed3a.branch5x5',
    ]);
    expect(tf.memory().numTensors).toBe(before + 4);
    expect(seen).not.toContain('mixed3a');
    tf.dispose(values);
  });

  test('holds no other value for longer than the run needs it', () => {
    let most = 0;
    const watch = () => void (most = Math.max(most, tf.memory().numBytes));
    const before = tf.memory().numBytes;
    const values = tf.tidy(() => capture(model, input, 'logits', { hook: watch }));
    const all = model.hookPoints.reduce(
      (sum, { shape }) => sum + 4 * input.shape[0] * shape.reduce((product, length) => product * length, 1),
      0,
    );
    expect(most - before).toBeLessThan(0.5 * all);
    tf.dispose(values);
  });
});

describe('a context', () => {
  test('acts inside, leaves nothing behind, and nests', async () => {
    const logits = async (of: HookedModel) => {
      const { logits } = of.run(input);
      const values = [...(await logits!.data())];
      logits!.dispose();
      return values;
    };
    const plain = await logits(model);
    let view: HookedModel;
    {
      using outer = withHooks(model, ablate(model, 'mixed3a'));
      const ablated = await logits(outer);
      expect(ablated).not.toEqual(plain);
      {
        using inner = withHooks(outer, ablate(model, 'mixed4b'));
        expect(await logits(inner)).not.toEqual(ablated);
      }
      expect(await logits(outer)).toEqual(ablated);
      expect(await logits(model)).toEqual(plain);
      view = outer;
    }
    expect(await logits(view)).toEqual(plain);
  });

  test('is left by an error, too', async () => {
    let view: HookedModel | undefined;
    expect(() => {
      using patched = withHooks(model, ablate(model, 'mixed3a'));
      view = patched;
      throw new Error('inside');
    }).toThrow('inside');
    const [left, plain] = [view!.run(input).logits!, model.run(input).logits!];
    expect(await left.data()).toEqual(await plain.data());
    tf.dispose([left, plain]);
  });
});

describe('gradients at hook points', () => {
  test('are those of finite differences', async () => {
    const layer = 'mixed4a';
    const metric = (values: Readonly<Record<string, tf.Tensor>>) =>
      tf.sum<tf.Scalar>(values.logits!.slice([0, 3], [1, 1]));
    // Without kinks, a difference quotient has one answer.
    const nonlinearities: Partial<Nonlinearities> = {
      relu: tf.softplus,
      maxPool: (x, window, stride) => tf.avgPool(x, window, stride, 'same'),
    };
    const options = { until: ['logits'], nonlinearities };
    const { value, gradients } = gradientsAt(model, input, layer, metric, options);
    const at = capture(model, input, layer, { nonlinearities });
    const direction = tf.randomNormal(at[layer]!.shape, 0, 1, 'float32', 3);
    const slope = tf.tidy(() => tf.sum(tf.mul(gradients[layer]!, direction)).dataSync()[0]!);
    const along = (step: number) =>
      tf.tidy(() => {
        const from = { [layer]: tf.add(at[layer]!, tf.mul(direction, step)) };
        return metric(model.run(input, { ...options, from })).dataSync()[0]!;
      });
    expect((along(0.01) - along(-0.01)) / 0.02).toBeCloseTo(slope, 3);
    expect(along(0)).toBeCloseTo((await value.data())[0]!, 5);
    tf.dispose([value, gradients, at, direction]);
  });

  test('of layers that the metric does not depend on do not exist', () => {
    const metric = (values: Readonly<Record<string, tf.Tensor>>) => tf.sum<tf.Scalar>(values.mixed3a!);
    expect(() => gradientsAt(model, input, 'mixed4b', metric, { until: ['mixed3a'] })).toThrow(
      NoGradientError,
    );
  });
});
