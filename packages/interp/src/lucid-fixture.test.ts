/** Values and gradients of Lucid's parametrizations and objectives, from ../shared/fixtures/featurevis.json. */
import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { startBackend, tf } from '@fovea/tensor';
import { beforeAll, describe, expect, test } from 'vitest';
import type { ObjectiveExpression } from './objective/expression.ts';
import { objectiveOf } from './objective/build.ts';
import { linearRgb, toValidRgb } from './parametrization/colour.ts';
import { fourierField } from './parametrization/fourier.ts';

const shared = process.env.FOVEA_SHARED || fileURLToPath(new URL('../../../../shared', import.meta.url));
const path = `${shared}/fixtures/featurevis.json`;

interface Summary {
  shape: number[];
  mean: number;
  absmax: number;
  samples: [index: number, value: number][];
}
interface Fixture {
  parametrizations: {
    kind: string;
    shape: [number, number, number, number];
    decay_power: number;
    parameter: { name: string; shape: number[]; scale: number };
    image_before_colour: Summary;
    rgb_sigmoid: Summary;
    rgb_linear_before_clip: Summary;
    rgb_sigmoid_no_decorrelation: Summary;
  }[];
  objectives: {
    objective: string;
    arguments: Record<string, unknown>;
    on: 'acts' | 'image';
    value: number;
    gradient: Summary;
  }[];
}

/** The fixtures' synthetic values in [-1, 1): a function of a tensor's name and flat index. */
function synthetic(name: string, count: number): Float32Array {
  let seed = 2166136261;
  for (const byte of new TextEncoder().encode(name)) seed = Math.imul(seed ^ byte, 16777619);
  return Float32Array.from({ length: count }, (_, index) => {
    let z = (seed + Math.imul(index, 0x9e3779b9)) >>> 0;
    z = Math.imul(z ^ (z >>> 16), 0x85ebca6b);
    z = Math.imul(z ^ (z >>> 13), 0xc2b2ae35);
    return (2 * ((z ^ (z >>> 16)) >>> 0)) / 2 ** 32 - 1;
  });
}

function syntheticTensor(name: string, shape: number[]): tf.Tensor {
  return tf.tensor(synthetic(name, tf.util.sizeFromShape(shape)), shape);
}

function expectSamples(values: ArrayLike<number>, summary: Summary, tolerance: number) {
  expect(values.length).toBe(tf.util.sizeFromShape(summary.shape));
  for (const [index, expected] of summary.samples) {
    expect(Math.abs(values[index]! - expected), `at ${index}`).toBeLessThanOrEqual(
      tolerance * summary.absmax,
    );
  }
}

/** The fixtures name objectives and arguments as Lucid's functions do. */
function expressionOf(name: string, given: Record<string, unknown>): ObjectiveExpression {
  const type = name.startsWith('L')
    ? name.toLowerCase()
    : name.replace(/_(\w)/g, (_, letter: string) => letter.toUpperCase());
  const vector = Array.from(synthetic('vector', 16));
  const values = Array.from(synthetic('tensor_vector', 5 * 5 * 16));
  const tensor = [0, 1, 2, 3, 4].map((row) =>
    [0, 1, 2, 3, 4].map((column) => values.slice((5 * row + column) * 16, (5 * row + column + 1) * 16)),
  );
  const renamed = {
    ...given,
    cossimPow: given.cossim_pow,
    decayRatio: given.decay_ratio,
    c: given.C,
    layer1: 'acts',
    layer2: 'acts',
    ...(given.vector === 'vector' ? { vector } : {}),
    ...(given.vector === 'tensor_vector' ? { tensor } : {}),
  };
  const defined = Object.fromEntries(Object.entries(renamed).filter(([, value]) => value !== undefined));
  return {
    type,
    layer: given.layer ?? (/^(L|total)/.test(name) ? 'input' : 'acts'),
    ...defined,
  } as unknown as ObjectiveExpression;
}

describe.skipIf(!existsSync(path)).each(['wasm', 'cpu'])(
  `Lucid's values on %s (needs ${path})`,
  (backend) => {
    beforeAll(async () => {
      await startBackend({ force: backend, threads: 1 });
    });
    const fixture = existsSync(path)
      ? (JSON.parse(readFileSync(path, 'utf8')) as Fixture)
      : { parametrizations: [], objectives: [] };

    test.each(
      fixture.parametrizations.map((entry) => [`${entry.kind} ${entry.shape.join('×')}`, entry] as const),
    )('image of %s', (_, entry) => {
      const parameter = tf.mul(
        syntheticTensor(entry.parameter.name, entry.parameter.shape),
        entry.parameter.scale,
      );
      const field =
        entry.kind === 'fft' ? fourierField(entry.shape, { decayPower: entry.decay_power }) : null;
      const values = (field?.values([parameter]) ?? parameter) as tf.Tensor4D;
      if (field) expectSamples(values.dataSync(), entry.image_before_colour, 1e-4);
      if (field) expectSamples(linearRgb(values).dataSync(), entry.rgb_linear_before_clip, 1e-5);
      expectSamples(toValidRgb(values).dataSync(), entry.rgb_sigmoid, 1e-6);
      if (!field)
        expectSamples(
          toValidRgb(values, { decorrelate: false }).dataSync(),
          entry.rgb_sigmoid_no_decorrelation,
          1e-6,
        );
    });

    test.each(
      fixture.objectives.map(
        (entry) => [`${entry.objective} ${JSON.stringify(entry.arguments)}`, entry] as const,
      ),
    )('value and gradient of %s', (_, entry) => {
      const raw = syntheticTensor(entry.on, entry.gradient.shape);
      const given = entry.on === 'image' ? tf.div(tf.add(raw, 1), 2) : raw;
      const objective = objectiveOf(expressionOf(entry.objective, entry.arguments));
      const { value, grad } = tf.valueAndGrad((x) => objective({ layer: () => x }))(given);
      expect(Math.abs(value.dataSync()[0]! - entry.value)).toBeLessThanOrEqual(
        1e-5 * Math.max(1, Math.abs(entry.value)),
      );
      expectSamples(grad.dataSync(), entry.gradient, 1e-4);
    });
  },
);
