/**
 * A parametrization is what an optimizer really changes when it changes an image. Every one is an initial value
 * for its parameters, drawn from a seed, and a differentiable function from parameters to image.
 * https://distill.pub/2018/differentiable-parameterizations
 */
import { tf, type Random } from '@fovea/tensor';

/** Values on the host: what optimizers change and checkpoints store. */
export interface ParameterArray {
  readonly shape: readonly number[];
  readonly values: Float32Array;
}

export type ImageShape = readonly [batch: number, height: number, width: number, channels: number];

/** Unbounded values in the layout of an image, before colours are made of them. */
export interface Field {
  /** How many parameters there are. */
  readonly count: number;
  initial(random: Random): readonly ParameterArray[];
  /** [batch, height, width, channels] */
  values(parameters: readonly tf.Tensor[]): tf.Tensor4D;
}

export interface Parametrization {
  readonly shape: ImageShape;
  initial(random: Random): readonly ParameterArray[];
  /** [batch, height, width, channels] in [0, 1]; the fourth channel, if any, is alpha. */
  image(parameters: readonly tf.Tensor[]): tf.Tensor4D;
}

export function toTensors(parameters: readonly ParameterArray[]): tf.Tensor[] {
  return parameters.map(({ shape, values }) => tf.tensor(values, [...shape]));
}

export function sizeOf(shape: readonly number[]): number {
  return shape.reduce((product, length) => product * length, 1);
}

export function normalArray(
  shape: readonly number[],
  standardDeviation: number,
  random: Random,
): ParameterArray {
  const values = Float32Array.from({ length: sizeOf(shape) }, () => standardDeviation * random.normal());
  return { shape, values };
}

/** The sum of several fields, each with its own parameters. */
export function sumOfFields(fields: readonly Field[]): Field {
  const starts = fields.map((_, index) => fields.slice(0, index).reduce((sum, { count }) => sum + count, 0));
  return {
    count: fields.reduce((sum, { count }) => sum + count, 0),
    initial: (random) => fields.flatMap((field) => field.initial(random)),
    values: (parameters) =>
      fields
        .map((field, index) => field.values(parameters.slice(starts[index], starts[index]! + field.count)))
        .reduce((sum, part) => tf.add(sum, part)),
  };
}
