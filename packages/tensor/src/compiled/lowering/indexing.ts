import * as tf from '@tensorflow/tfjs';
import { constantValues, sizeOf, type Value } from '../graph.ts';
import { tensorTypes } from '../onnx/model.ts';
import type { Lower, Lowering } from './lowering.ts';

const gather: Lower = ({ inputs, attributes, outputs: [y] }, to) => {
  const { x, indices } = inputs as { x: Value; indices: Value };
  const [axis] = tf.util.parseAxisParam(attributes.axis as number, [...x.shape]) as [number];
  const takesElements = axis === x.shape.length - 1 && indices.shape.length === 1;
  to.setNatural(
    y!,
    takesElements
      ? gatherElements(to.natural(x), to.natural(indices), y!, to)
      : to.onnx.node('Gather', [to.natural(x), to.natural(indices)], { axis }),
  );
};

/** Gather copies rows, even where a row is one element: four times slower than this. */
function gatherElements(x: string, indices: string, { shape }: Value, { onnx }: Lowering): string {
  const axis = shape.length - 1;
  const places = axis === 0 ? indices : onnx.node('Expand', [indices, onnx.integers(shape)]);
  return onnx.node('GatherElements', [x, places], { axis });
}

const gatherNd: Lower = ({ inputs, outputs: [y] }, to) => {
  const indices = to.onnx.node('Cast', [to.natural(inputs.indices!)], { to: tensorTypes.int64 });
  to.setNatural(y!, to.onnx.node('GatherND', [to.natural(inputs.params!), indices]));
};

const unsortedSegmentSum: Lower = ({ inputs, outputs: [y] }, to) => {
  const { x, segmentIds } = inputs as { x: Value; segmentIds: Value };
  const rows = y!.shape[0]!;
  const ids = keepInside(segmentIds, rows, to);
  to.setNatural(y!, scatterRows(to.natural(x), ids, { count: sizeOf(segmentIds.shape), rows }, y!, to));
};

/** tfjs drops rows whose id names no segment; they go to one segment more, which is cut off. */
function keepInside(segmentIds: Value, segments: number, to: Lowering): string {
  const { onnx } = to;
  const ids = to.natural(segmentIds);
  if (constantValues(segmentIds)?.every((id) => id >= 0 && id < segments)) return ids;
  const outside = onnx.scalar(segments, 'int32');
  const isNegative = onnx.node('Less', [ids, onnx.scalar(0, 'int32')]);
  return onnx.node('Min', [onnx.node('Where', [isNegative, outside, ids]), outside]);
}

const scatterNd: Lower = ({ inputs, outputs: [y] }, to) => {
  const { indices, updates } = inputs as { indices: Value; updates: Value };
  const depth = indices.shape.at(-1)!;
  const count = sizeOf(indices.shape) / depth;
  const indexed = y!.shape.slice(0, depth);
  const strides = indexed.map((_, axis) => sizeOf(indexed.slice(axis + 1)));
  const flat = flatIndices(to.natural(indices), count, strides, to);
  to.setNatural(y!, scatterRows(to.natural(updates), flat, { count, rows: sizeOf(indexed) }, y!, to));
};

function flatIndices(indices: string, count: number, strides: readonly number[], { onnx }: Lowering): string {
  const weights = onnx.initializer(`strides ${strides.join()}`, () => ({
    type: 'int32',
    dims: [strides.length],
    values: Int32Array.from(strides),
  }));
  const weighted = onnx.node('Mul', [onnx.reshape(indices, [count, strides.length]), weights]);
  return onnx.node('ReduceSum', [weighted, onnx.integers([1])], { keepdims: 0 });
}

/**
 * Adds each of `count` rows of values to the row of the result that its index names; index `rows` drops it. By
 * ScatterElements: onnxruntime's ScatterND adds equal indices from several threads at once, and loses some.
 */
function scatterRows(
  values: string,
  indices: string,
  { count, rows }: { readonly count: number; readonly rows: number },
  { shape, dtype }: Value,
  { onnx }: Lowering,
): string {
  const width = sizeOf(shape) / rows;
  const column = onnx.reshape(indices, [count, 1]);
  const places = width === 1 ? column : onnx.node('Expand', [column, onnx.integers([count, width])]);
  const zeros = onnx.zeros([rows + 1, width], dtype === 'int32' ? 'int32' : 'float32');
  const updates = onnx.reshape(values, [count, width]);
  const sums = onnx.node('ScatterElements', [zeros, places, updates], { axis: 0, reduction: 'add' });
  return onnx.reshape(onnx.slice(sums, 0, 0, rows), shape);
}

const oneHot: Lower = ({ inputs, attributes, outputs: [y] }, to) => {
  const { depth, onValue, offValue } = attributes as unknown as tf.OneHotAttrs;
  const choices = to.onnx.initializer(`off ${offValue} on ${onValue}`, () => ({
    type: 'float32',
    dims: [2],
    values: Float32Array.of(offValue, onValue),
  }));
  const indices = to.natural(inputs.indices!);
  const hot = to.onnx.node('OneHot', [indices, to.onnx.scalar(depth, 'int32'), choices], { axis: -1 });
  to.setNatural(
    y!,
    y!.dtype === 'float32' ? hot : to.onnx.node('Cast', [hot], { to: tensorTypes[y!.dtype] }),
  );
};

export const indexingLowerings: Readonly<Record<string, Lower>> = {
  GatherNd: gatherNd,
  GatherV2: gather,
  OneHot: oneHot,
  ScatterNd: scatterNd,
  UnsortedSegmentSum: unsortedSegmentSum,
};
