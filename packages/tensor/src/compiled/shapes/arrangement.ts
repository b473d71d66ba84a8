/** Kernels that arrange elements anew without computing any. */
import * as tf from '@tensorflow/tfjs';
import { sizeOf, type TensorType } from '../graph.ts';
import { requireThat, type ShapeRule } from './shape-rule.ts';

type Unary = { readonly x: TensorType };

function reshape({ x }: Unary, { shape }: tf.ReshapeAttrs): TensorType {
  return { shape: tf.util.inferFromImplicitShape([...shape], sizeOf(x.shape)), dtype: x.dtype };
}

function transpose({ x }: Unary, { perm }: tf.TransposeAttrs): TensorType {
  return { shape: perm.map((axis) => x.shape[axis]!), dtype: x.dtype };
}

function broadcastTo({ x }: Unary, { shape }: tf.BroadCastToAttrs): TensorType {
  return { shape, dtype: x.dtype };
}

function tile({ x }: Unary, { reps }: tf.TileAttrs): TensorType {
  return { shape: x.shape.map((length, axis) => length * reps[axis]!), dtype: x.dtype };
}

function reverse({ x }: Unary): TensorType {
  return { shape: x.shape, dtype: x.dtype };
}

function pad({ x }: Unary, { paddings }: Pick<tf.PadV2Attrs, 'paddings'>): TensorType {
  const shape = x.shape.map((length, axis) => length + paddings[axis]![0] + paddings[axis]![1]);
  return { shape, dtype: x.dtype };
}

function slice({ x }: Unary, { begin, size }: tf.SliceAttrs): TensorType {
  const parsed = tf.slice_util.parseSliceParams(x as unknown as tf.TensorInfo, begin, size);
  const [, shape] = parsed as [number[], number[]];
  return { shape, dtype: x.dtype };
}

function stridedSlice({ x }: Unary, attributes: tf.StridedSliceAttrs): TensorType {
  return { shape: stridedSliceInfo(x.shape, attributes).finalShape, dtype: x.dtype };
}

/** `finalShapeSparse` is the shape before axes are added and dropped. */
export function stridedSliceInfo(shape: readonly number[], attributes: tf.StridedSliceAttrs) {
  const { begin, end, strides, beginMask, endMask, ellipsisMask, newAxisMask, shrinkAxisMask } = attributes;
  return tf.slice_util.sliceInfo(
    [...shape],
    begin,
    end,
    strides,
    beginMask,
    endMask,
    ellipsisMask,
    newAxisMask,
    shrinkAxisMask,
  );
}

function concat(inputs: Readonly<Record<string, TensorType>>, { axis }: tf.ConcatAttrs): TensorType {
  const parts = Object.values(inputs);
  const [{ shape, dtype }] = parts as [TensorType];
  const [along] = tf.util.parseAxisParam(axis, [...shape]) as [number];
  const length = parts.reduce((sum, part) => sum + part.shape[along]!, 0);
  return { shape: shape.with(along, length), dtype };
}

function split({ x }: Unary, { numOrSizeSplits, axis }: tf.SplitVAttrs): TensorType[] {
  return splitSizes(x.shape, numOrSizeSplits, axis).map((size) => ({
    shape: x.shape.with(tf.util.parseAxisParam(axis, [...x.shape])[0]!, size),
    dtype: x.dtype,
  }));
}

export function splitSizes(
  shape: readonly number[],
  numOrSizeSplits: number[] | number,
  axis: number,
): number[] {
  const [along] = tf.util.parseAxisParam(axis, [...shape]) as [number];
  return tf.backend_util.prepareSplitSize({ shape } as unknown as tf.Tensor, numOrSizeSplits, along);
}

function depthToSpace({ x }: Unary, { blockSize, dataFormat }: tf.DepthToSpaceAttrs): TensorType {
  requireThat(dataFormat === 'NHWC', 'only in NHWC');
  const [batch, height, width, channels] = x.shape as [number, number, number, number];
  const shape = [batch, height * blockSize, width * blockSize, channels / (blockSize * blockSize)];
  return { shape, dtype: x.dtype };
}

export const arrangementShapes: Readonly<Record<string, ShapeRule>> = {
  BroadcastTo: broadcastTo,
  Concat: concat,
  DepthToSpace: depthToSpace,
  MirrorPad: pad,
  PadV2: pad,
  Reshape: reshape,
  Reverse: reverse,
  Slice: slice,
  SplitV: split,
  StridedSlice: stridedSlice,
  Tile: tile,
  Transpose: transpose,
};
