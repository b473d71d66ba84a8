import * as tf from '@tensorflow/tfjs';
import type { Composition } from './composition.ts';

type List = Readonly<Record<string, tf.Tensor>>;

function expandDims({ input }: { input: tf.Tensor }, { dim }: tf.ExpandDimsAttrs): tf.Tensor {
  return tf.reshape(input, input.shape.toSpliced(dim < 0 ? dim + input.rank + 1 : dim, 0, 1));
}

function pack(inputs: List, { axis }: tf.PackAttrs): tf.Tensor {
  const layers = Object.values(inputs).map((tensor) => tf.expandDims(tensor, axis));
  return tf.concat(layers, axis);
}

function unpack({ value }: { value: tf.Tensor }, { axis }: tf.UnpackAttrs): tf.Tensor[] {
  return tf.split(value, value.shape.at(axis)!, axis).map((part) => tf.squeeze(part, [axis]));
}

/** [batch, h, w, rest] → [bh · bw · batch, h / bh, w / bw, rest], for any number of spatial axes. */
function spaceToBatch(
  { x }: { x: tf.Tensor },
  { blockShape, paddings }: { blockShape: number[]; paddings: [number, number][] },
): tf.Tensor {
  const blocks = blockShape.length;
  const rest = x.shape.slice(1 + blocks);
  const padded = tf.pad(x, [[0, 0], ...paddings, ...rest.map((): [number, number] => [0, 0])]);
  const space = padded.shape.slice(1, 1 + blocks);
  const split = tf.reshape(padded, [
    x.shape[0],
    ...space.flatMap((length, axis) => [length / blockShape[axis]!, blockShape[axis]!]),
    ...rest,
  ]);
  const inBlocks = blockShape.map((_, axis) => 2 * axis + 2);
  const between = blockShape.map((_, axis) => 2 * axis + 1);
  const others = rest.map((_, axis) => 1 + 2 * blocks + axis);
  const ordered = tf.transpose(split, [...inBlocks, 0, ...between, ...others]);
  return tf.reshape(ordered, [-1, ...space.map((length, axis) => length / blockShape[axis]!), ...rest]);
}

/** The inverse, with `crops` cut off in the end. */
function batchToSpace(
  { x }: { x: tf.Tensor },
  { blockShape, crops }: { blockShape: number[]; crops: [number, number][] },
): tf.Tensor {
  const blocks = blockShape.length;
  const batch = x.shape[0] / blockShape.reduce((a, b) => a * b, 1);
  const space = x.shape.slice(1, 1 + blocks);
  const rest = x.shape.slice(1 + blocks);
  const split = tf.reshape(x, [...blockShape, batch, ...space, ...rest]);
  const interleaved = blockShape.flatMap((_, axis) => [blocks + 1 + axis, axis]);
  const others = rest.map((_, axis) => 1 + 2 * blocks + axis);
  const ordered = tf.transpose(split, [blocks, ...interleaved, ...others]);
  const whole = space.map((length, axis) => length * blockShape[axis]!);
  const merged = tf.reshape(ordered, [batch, ...whole, ...rest]);
  const begin = [0, ...crops.map(([before]) => before), ...rest.map(() => 0)];
  const size = whole.map((length, axis) => length - crops[axis]![0] - crops[axis]![1]);
  return tf.slice(merged, begin, [batch, ...size, ...rest]);
}

export const arrangementCompositions: Readonly<Record<string, Composition>> = {
  BatchToSpaceND: batchToSpace,
  ExpandDims: expandDims,
  Pack: pack,
  SpaceToBatchND: spaceToBatch,
  Unpack: unpack,
};
