/** Kernels that reduce, accumulate, or order the elements along axes. */
import * as tf from '@tensorflow/tfjs';
import type { DType, TensorType } from '../graph.ts';
import { requireThat, type ShapeRule } from './shape-rule.ts';

type Unary = { readonly x: TensorType };

/** Max and Min call their axes `reductionIndices`. */
export interface ReductionAttributes {
  readonly axis?: number | number[];
  readonly reductionIndices?: number | number[];
  readonly keepDims?: boolean;
}

/** Sorted, counted from 0. */
export function reducedAxes(
  shape: readonly number[],
  { axis, reductionIndices }: ReductionAttributes,
): number[] {
  return tf.util.parseAxisParam((axis ?? reductionIndices)!, [...shape]).toSorted((a, b) => a - b);
}

const reduction =
  (dtype?: DType) =>
  ({ x }: Unary, attributes: ReductionAttributes): TensorType => {
    const axes = reducedAxes(x.shape, attributes);
    const shape = attributes.keepDims
      ? x.shape.map((length, axis) => (axes.includes(axis) ? 1 : length))
      : x.shape.filter((_, axis) => !axes.includes(axis));
    return { shape, dtype: dtype ?? x.dtype };
  };

function arg({ x }: Unary, { axis }: tf.ArgMaxAttrs): TensorType {
  const [along] = tf.util.parseAxisParam(axis, [...x.shape]);
  return { shape: x.shape.filter((_, index) => index !== along), dtype: 'int32' };
}

function cumulative({ x }: Unary): TensorType {
  return { shape: x.shape, dtype: x.dtype };
}

function topK({ x }: Unary, { k }: tf.TopKAttrs): TensorType[] {
  const shape = [...x.shape.slice(0, -1), k];
  return [
    { shape, dtype: x.dtype },
    { shape, dtype: 'int32' },
  ];
}

function softmax({ logits }: { logits: TensorType }, { dim }: Partial<tf.SoftmaxAttrs>): TensorType {
  requireThat(dim === undefined || dim === -1 || dim === logits.shape.length - 1, 'only along the last axis');
  return { shape: logits.shape, dtype: logits.dtype };
}

export const reductionShapes: Readonly<Record<string, ShapeRule>> = {
  All: reduction('bool'),
  Any: reduction('bool'),
  Max: reduction(),
  Mean: reduction(),
  Min: reduction(),
  Prod: reduction(),
  Sum: reduction(),
  ArgMax: arg,
  ArgMin: arg,
  Cumsum: cumulative,
  Softmax: softmax,
  TopK: topK,
};
