/** Values and gradients of parametrizations and objectives against the record of Lucid's. */
import {
  deviation,
  parityResult,
  row,
  summarySchema,
  syntheticInput,
  type ParityResult,
  type ParityRow,
  type Summary,
} from '@fovea/models';
import { tf } from '@fovea/tensor';
import { z } from 'zod';
import { objectiveOf } from '../objective/build.ts';
import type { ObjectiveExpression } from '../objective/expression.ts';
import { linearRgb, toValidRgb } from '../parametrization/colour.ts';
import { fourierField } from '../parametrization/fourier.ts';

const length = z.int().positive();

const parametrizationSchema = z.object({
  kind: z.enum(['fft', 'pixel']),
  shape: z.tuple([length, length, length, length]).describe('[batch, height, width, channels]'),
  decay_power: z.number().optional(),
  parameter: z.object({ name: z.string(), shape: z.array(length), scale: z.number() }),
  image_before_colour: summarySchema.optional(),
  rgb_sigmoid: summarySchema.optional(),
  rgb_linear_before_clip: summarySchema.optional(),
  rgb_sigmoid_no_decorrelation: summarySchema.optional(),
});

const objectiveSchema = z.object({
  objective: z.string().describe("The name of Lucid's function"),
  arguments: z.record(z.string(), z.json()),
  on: z.enum(['acts', 'image']),
  value: z.number(),
  gradient: summarySchema,
});

export const lucidFixtureSchema = z.object({
  reference: z.string(),
  parametrizations: z.array(parametrizationSchema),
  objectives: z.array(objectiveSchema),
});

export type LucidFixture = z.infer<typeof lucidFixtureSchema>;

/** On the engine that is running. */
export async function compareLucid(fixture: LucidFixture): Promise<ParityResult> {
  const rows: ParityRow[] = [];
  for (const entry of fixture.parametrizations) rows.push(...(await compareParametrization(entry)));
  for (const entry of fixture.objectives) rows.push(...(await compareObjective(entry)));
  return parityResult(`feature visualization (${fixture.reference})`, rows);
}

async function compareParametrization(entry: LucidFixture['parametrizations'][number]): Promise<ParityRow[]> {
  const images = imagesOf(entry);
  const figures: [keyof typeof images, tolerance: number][] = [
    ['image_before_colour', 1e-4],
    ['rgb_linear_before_clip', 1e-5],
    ['rgb_sigmoid', 1e-6],
    ['rgb_sigmoid_no_decorrelation', 1e-6],
  ];
  const rows: ParityRow[] = [];
  for (const [figure, tolerance] of figures) {
    const reference = entry[figure];
    if (!reference) continue;
    const name = `${entry.kind} ${entry.shape.join('×')}: ${figure}`;
    rows.push(row(name, deviation(await images[figure].data(), reference), tolerance));
  }
  tf.dispose(images);
  return rows;
}

function imagesOf({ kind, shape, decay_power, parameter }: LucidFixture['parametrizations'][number]) {
  return tf.tidy(() => {
    const values = tf.mul(synthetic(parameter.name, parameter.shape), parameter.scale);
    const field = kind === 'fft' ? fourierField(shape, { decayPower: decay_power }) : undefined;
    const image = (field?.values([values]) ?? values) as tf.Tensor4D;
    return {
      image_before_colour: image,
      rgb_linear_before_clip: linearRgb(image),
      rgb_sigmoid: toValidRgb(image),
      rgb_sigmoid_no_decorrelation: toValidRgb(image, { decorrelate: false }),
    };
  });
}

async function compareObjective(entry: LucidFixture['objectives'][number]): Promise<ParityRow[]> {
  const objective = objectiveOf(expressionOf(entry.objective, entry.arguments));
  const { value, grad } = tf.tidy(() => {
    const given = inputOf(entry.on, entry.gradient);
    return tf.valueAndGrad((x) => objective({ layer: () => x }))(given);
  });
  const [ours] = await value.data();
  const name = `${entry.objective} ${JSON.stringify(entry.arguments)}`;
  const rows = [
    row(name, Math.abs(ours! - entry.value) / Math.max(1, Math.abs(entry.value)), 1e-5),
    row(`gradient of ${name}`, deviation(await grad.data(), entry.gradient), 1e-4),
  ];
  tf.dispose([value, grad]);
  return rows;
}

/** Activations in [-1, 1), or a picture in [0, 1). */
function inputOf(on: 'acts' | 'image', { shape }: Summary): tf.Tensor {
  const values = synthetic(on, shape);
  return on === 'image' ? tf.div(tf.add(values, 1), 2) : values;
}

function synthetic(name: string, shape: number[]): tf.Tensor {
  return tf.tensor(syntheticInput(name, shape), shape);
}

/** The file names objectives and arguments as Lucid's functions do, and vectors by their synthetic names. */
function expressionOf(name: string, given: Readonly<Record<string, unknown>>): ObjectiveExpression {
  const renamed = {
    ...given,
    cossimPow: given.cossim_pow,
    decayRatio: given.decay_ratio,
    c: given.C,
    layer1: 'acts',
    layer2: 'acts',
    ...(given.vector === 'vector' && { vector: [...syntheticInput('vector', [16])] }),
    ...(given.vector === 'tensor_vector' && { tensor: nested(syntheticInput('tensor_vector', [5, 5, 16])) }),
  };
  const defined = Object.fromEntries(Object.entries(renamed).filter(([, value]) => value !== undefined));
  const type = /^L\d/.test(name) ? name.toLowerCase() : camelCase(name);
  const layer = given.layer ?? (/^(L\d|total)/.test(name) ? 'input' : 'acts');
  return { type, layer, ...defined } as unknown as ObjectiveExpression;
}

function camelCase(name: string): string {
  return name.replace(/_(\w)/g, (_, letter: string) => letter.toUpperCase());
}

/** [5][5][16] */
function nested(values: Float32Array): number[][][] {
  const rows = [0, 1, 2, 3, 4];
  return rows.map((row) =>
    rows.map((column) => [...values.subarray((5 * row + column) * 16, (5 * row + column + 1) * 16)]),
  );
}
