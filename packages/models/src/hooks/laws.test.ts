/** What must hold of hook points in any network. */
import { startBackend, tf } from '@fovea/tensor';
import * as fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { HookedModel } from '../hooked-model.ts';
import { architectures } from '../known-architectures.ts';
import { syntheticInput } from '../parity/synthetic-tensor.ts';
import { smallModels } from '../testing/small-models.ts';
import { ablate, capture, replace } from './index.ts';

beforeAll(async () => {
  await startBackend();
});

test('every architecture is put to the test', () => {
  const tested = new Set(smallModels.map(({ architecture }) => architecture));
  expect(architectures.map(({ name }) => name).filter((name) => !tested.has(name))).toEqual([]);
});

describe.each(smallModels)('$architecture ($name)', ({ load }) => {
  let model: HookedModel;
  let inputs: Record<string, tf.Tensor>;
  let output: string;
  let plain: tf.TypedArray;
  let anyLayer: fc.Arbitrary<string>;

  beforeAll(async () => {
    model = await load();
    inputs = Object.fromEntries(model.inputs.map((spec) => [spec.name, syntheticInputOf(spec)]));
    output = tf.tidy(() => Object.keys(model.run(inputs))[0]!);
    plain = await outputOf({});
    anyLayer = fc.constantFrom(...model.hookPoints.map(({ name }) => name));
  });

  afterAll(() => {
    model.dispose();
    tf.dispose(inputs);
  });

  async function outputOf(options: Parameters<HookedModel['run']>[1], from = inputs): Promise<tf.TypedArray> {
    const [output] = Object.values(tf.tidy(() => model.run(from, options)));
    const values = await output!.data();
    output!.dispose();
    return values;
  }

  /** Ways around a detour differ in rounding only. */
  function expectPlain(values: tf.TypedArray) {
    let [worst, absmax] = [0, 0];
    for (let index = 0; index < plain.length; index++) {
      worst = Math.max(worst, Math.abs(values[index]! - plain[index]!));
      absmax = Math.max(absmax, Math.abs(plain[index]!));
    }
    expect(worst).toBeLessThanOrEqual(1e-5 * absmax);
  }

  test('replacing a value with itself changes nothing', async () => {
    await fc.assert(
      fc.asyncProperty(anyLayer, async (layer) => {
        const captured = capture(model, inputs, layer);
        expectPlain(await outputOf({ hook: replace(model, layer, captured[layer]!) }));
        tf.dispose(captured);
      }),
      { numRuns: 8, seed: 1 },
    );
  });

  test('ablating nothing changes nothing', async () => {
    await fc.assert(
      fc.asyncProperty(anyLayer, async (layer) => {
        const { axes } = model.hookPoint(layer);
        const nothing = axes.at(-1) === 'key' ? { keys: [] } : { channels: [] };
        expectPlain(await outputOf({ hook: ablate(model, layer, { by: 'zero' }, nothing) }));
      }),
      { numRuns: 8, seed: 2 },
    );
  });

  test('running to a layer and on from there is running the whole', async () => {
    await fc.assert(
      fc.asyncProperty(anyLayer, async (layer) => {
        const from = capture(model, inputs, layer);
        const needed = inputsBeside(model, layer, output);
        const others = Object.fromEntries(needed.map((name) => [name, inputs[name]!]));
        expectPlain(await outputOf({ from }, others));
        tf.dispose(from);
      }),
      { numRuns: 8, seed: 3 },
    );
  });
});

/** Ids small enough for any vocabulary and number of classes. */
function syntheticInputOf({ name, shape, dtype }: HookedModel['inputs'][number]): tf.Tensor {
  const batched = [2, ...shape];
  if (dtype === 'float32') return tf.tensor(syntheticInput(name, batched), batched);
  const count = batched.reduce((product, length) => product * length, 1);
  return tf.tensor(
    Int32Array.from({ length: count }, (_, index) => (index * 37) % 11),
    batched,
    'int32',
  );
}

/** The inputs on which the output depends by ways that do not pass a layer. */
function inputsBeside(model: HookedModel, layer: string, output: string): string[] {
  const points = new Map(model.hookPoints.map((point) => [point.name, point]));
  const reached = new Set<string>();
  const visit = (name: string): void => {
    if (reached.has(name) || name === layer) return;
    reached.add(name);
    points.get(name)?.sources.forEach(visit);
  };
  visit(output);
  return model.inputs.map(({ name }) => name).filter((name) => reached.has(name));
}
