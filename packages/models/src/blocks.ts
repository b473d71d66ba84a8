/** The vocabulary in which architectures are drawn: each block adds one node to the graph. */
import { tf } from '@fovea/tensor';
import type { Node, Operation, Shape, TensorSpec } from './graph.ts';
import { throughWindow, union, type Field } from './receptive-field.ts';
import { edges, pair, windowed, type Edges, type Extent, type WindowPadding } from './window.ts';

interface WindowOptions {
  /** Default 1. */
  readonly stride?: Extent;
  /** Default 'valid'. */
  readonly padding?: WindowPadding;
}

/**
 * Convolution with bias. Reads `<tensors>.weight` [out, in, height, width] and `<tensors>.bias` [out].
 * [height, width, in] → [height', width', out].
 */
export function conv2d(
  x: Node,
  tensors: string,
  filters: number,
  size: Extent,
  options: WindowOptions = {},
): Node {
  const { stride = 1, padding = 'valid' } = options;
  const weight: TensorSpec = {
    name: `${tensors}.weight`,
    shape: [filters, channelsOf(x), ...pair(size)],
    toEngine: [2, 3, 1, 0],
  };
  const bias: TensorSpec = { name: `${tensors}.bias`, shape: [filters] };
  const operation: Operation = {
    kind: 'conv',
    tensors: [weight, bias],
    compute: ([value], { weights }) => {
      const image = value as tf.Tensor4D;
      const around = edgesOf(image, size, stride, padding);
      const [source, mode] = convolvable(image, size, stride, around);
      const filter = weights.get(weight.name) as tf.Tensor4D;
      return tf.conv2d(source, filter, pair(stride), mode).add(weights.get(bias.name)!);
    },
  };
  return windowNode(operation, x, filters, size, stride, padding);
}

export function relu(x: Node): Node {
  return sameShape(x, {
    kind: 'relu',
    compute: ([value], { nonlinearities }) => nonlinearities.relu(value!),
  });
}

/** Padding never wins: it counts as −∞. */
export function maxPool(x: Node, size: Extent, options: WindowOptions = {}): Node {
  const { stride = 1, padding = 'valid' } = options;
  const operation: Operation = {
    kind: 'max_pool',
    compute: ([value], { nonlinearities }) => {
      const image = value as tf.Tensor4D;
      const around = edgesOf(image, size, stride, padding);
      return nonlinearities.maxPool(image, pair(size), pair(stride), padding === 'ceil' ? around : padding);
    },
  };
  return windowNode(operation, x, channelsOf(x), size, stride, padding);
}

/** The mean over those positions of the window that lie inside the image: padding does not count. */
export function avgPool(
  x: Node,
  size: Extent,
  { stride = 1, padding = 'valid' }: { stride?: Extent; padding?: 'same' | 'valid' } = {},
): Node {
  const operation: Operation = {
    kind: 'avg_pool',
    compute: ([value]) => tf.avgPool(value as tf.Tensor4D, pair(size), pair(stride), padding),
  };
  return windowNode(operation, x, channelsOf(x), size, stride, padding);
}

/** Along channels. */
export function concat(values: readonly Node[]): Node {
  const [first] = values;
  return {
    operation: { kind: 'concat', compute: (inputs) => tf.concat([...inputs], -1) },
    inputs: values,
    shape: [...first!.shape.slice(0, -1), values.reduce((sum, value) => sum + channelsOf(value), 0)],
    field: union(values.map((value) => value.field)),
  };
}

/** [height, width, channels] → [channels]. */
export function globalAvgPool(x: Node): Node {
  return {
    operation: { kind: 'avg_pool', compute: ([value]) => tf.mean(value!, [1, 2]) },
    inputs: [x],
    shape: [channelsOf(x)],
  };
}

/** Fully connected, with bias. Reads `<tensors>.weight` [out, in] and `<tensors>.bias` [out]. [in] → [out]. */
export function linear(x: Node, tensors: string, units: number): Node {
  const weight: TensorSpec = {
    name: `${tensors}.weight`,
    shape: [units, channelsOf(x)],
    toEngine: [1, 0],
  };
  const bias: TensorSpec = { name: `${tensors}.bias`, shape: [units] };
  return {
    operation: {
      kind: 'linear',
      tensors: [weight, bias],
      compute: ([value], { weights }) =>
        tf.matMul(value as tf.Tensor2D, weights.get(weight.name) as tf.Tensor2D).add(weights.get(bias.name)!),
    },
    inputs: [x],
    shape: [units],
  };
}

function channelsOf(node: Node): number {
  return node.shape.at(-1)!;
}

function sameShape(x: Node, operation: Operation): Node {
  return { operation, inputs: [x], shape: x.shape, field: x.field };
}

function windowNode(
  operation: Operation,
  x: Node,
  channels: number,
  size: Extent,
  stride: Extent,
  padding: WindowPadding,
): Node {
  const extent = heightAndWidth(x.shape);
  const around = edges(extent, size, stride, padding);
  return {
    operation,
    inputs: [x],
    shape: [...windowed(extent, size, stride, around), channels],
    field: x.field && fieldThrough(x.field, size, stride, around),
  };
}

function fieldThrough(field: Field, size: Extent, stride: Extent, [top, , left]: Edges): Field {
  const [sizeY, sizeX] = pair(size);
  const [strideY, strideX] = pair(stride);
  return {
    height: throughWindow(field.height, sizeY, strideY, top),
    width: throughWindow(field.width, sizeX, strideX, left),
  };
}

/** Resolved for the image at hand, whose size need not be the nominal one; throws where no window fits. */
function edgesOf(image: tf.Tensor4D, size: Extent, stride: Extent, padding: WindowPadding): Edges {
  const extent: [number, number] = [image.shape[1], image.shape[2]];
  const around = edges(extent, size, stride, padding);
  windowed(extent, size, stride, around);
  return around;
}

/** Backends agree on 'same' and 'valid' only: any other padding becomes part of the image. */
function convolvable(
  image: tf.Tensor4D,
  size: Extent,
  stride: Extent,
  around: Edges,
): [tf.Tensor4D, 'same' | 'valid'] {
  const [top, bottom, left, right] = around;
  if (around.every((edge) => edge === 0)) return [image, 'valid'];
  const same = edges([image.shape[1], image.shape[2]], size, stride, 'same');
  if (same.every((edge, side) => edge === around[side])) return [image, 'same'];
  return [
    tf.pad(image, [
      [0, 0],
      [top, bottom],
      [left, right],
      [0, 0],
    ]),
    'valid',
  ];
}

function heightAndWidth(shape: Shape): [number, number] {
  return [shape[0]!, shape[1]!];
}
