/** Kernels that read from or add to the places that indices name. */
import * as tf from '@tensorflow/tfjs';
import type { DType, TensorType } from '../graph.ts';
import { requireThat, type ShapeRule } from './shape-rule.ts';

function gather(
  { x, indices }: { x: TensorType; indices: TensorType },
  { axis, batchDims }: tf.GatherV2Attrs,
): TensorType {
  requireThat(!batchDims, 'only without batch dimensions');
  const [along] = tf.util.parseAxisParam(axis, [...x.shape]) as [number];
  return { shape: x.shape.toSpliced(along, 1, ...indices.shape), dtype: x.dtype };
}

function gatherNd({ params, indices }: { params: TensorType; indices: TensorType }): TensorType {
  const depth = indices.shape.at(-1)!;
  return { shape: [...indices.shape.slice(0, -1), ...params.shape.slice(depth)], dtype: params.dtype };
}

function unsortedSegmentSum(
  { x }: { x: TensorType },
  { numSegments }: tf.UnsortedSegmentSumAttrs,
): TensorType {
  return { shape: [numSegments, ...x.shape.slice(1)], dtype: x.dtype };
}

function scatterNd({ updates }: { updates: TensorType }, { shape }: tf.ScatterNdAttrs): TensorType {
  return { shape, dtype: updates.dtype };
}

function oneHot({ indices }: { indices: TensorType }, { depth, dtype }: tf.OneHotAttrs): TensorType {
  return { shape: [...indices.shape, depth], dtype: (dtype ?? 'float32') as DType };
}

export const indexingShapes: Readonly<Record<string, ShapeRule>> = {
  GatherNd: gatherNd,
  GatherV2: gather,
  OneHot: oneHot,
  ScatterNd: scatterNd,
  UnsortedSegmentSum: unsortedSegmentSum,
};
