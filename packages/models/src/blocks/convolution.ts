import { tf } from '@fovea/tensor';
import type { Node, Operation, TensorSpec } from '../graph.ts';
import { edges, pair, type Edges, type Extent, type WindowPadding } from '../window.ts';
import { channelsOf, edgesOf, windowNode } from './window-node.ts';

export interface ConvolutionOptions {
  /** Default 1. */
  readonly stride?: Extent;
  /** Default 'valid'. */
  readonly padding?: WindowPadding;
  /** Input and output channels fall into so many groups that do not see each other. Default 1. */
  readonly groups?: number;
  /** Distance of neighbouring taps, in positions. Default 1. */
  readonly dilation?: Extent;
  /** Default true. */
  readonly bias?: boolean;
}

/**
 * Reads `<tensors>.weight` [out, in / groups, height, width] and `<tensors>.bias` [out].
 * [height, width, in] → [height', width', out].
 */
export function conv2d(
  x: Node,
  tensors: string,
  filters: number,
  size: Extent,
  options: ConvolutionOptions = {},
): Node {
  const { stride = 1, padding = 'valid', groups = 1, dilation = 1, bias: biased = true } = options;
  const depthwise = groups > 1 && groups === channelsOf(x);
  const weight: TensorSpec = {
    name: `${tensors}.weight`,
    shape: [filters, channelsOf(x) / groups, ...pair(size)],
    toEngine: depthwise ? [2, 3, 0, 1] : [2, 3, 1, 0],
  };
  const bias: TensorSpec = { name: `${tensors}.bias`, shape: [filters] };
  const window = dilated(size, dilation);
  const operation: Operation = {
    kind: 'conv',
    tensors: biased ? [weight, bias] : [weight],
    compute: ([value], { weights }) => {
      const image = value as tf.Tensor4D;
      const around = edgesOf(image, window, stride, padding);
      const [source, mode] = convolvable(image, window, stride, around);
      const filter = weights.get(weight.name) as tf.Tensor4D;
      const geometry = { strides: pair(stride), mode, dilations: pair(dilation) };
      const convolved = depthwise
        ? depthwiseConvolution(source, filter, geometry, filters / groups)
        : groupedConvolution(source, filter, geometry, groups);
      return biased ? convolved.add(weights.get(bias.name)!) : convolved;
    },
  };
  return windowNode(operation, x, filters, window, stride, padding);
}

interface Geometry {
  readonly strides: [number, number];
  readonly mode: 'same' | 'valid';
  readonly dilations: [number, number];
}

function groupedConvolution(
  x: tf.Tensor4D,
  filter: tf.Tensor4D,
  { strides, mode, dilations }: Geometry,
  groups: number,
): tf.Tensor4D {
  if (groups === 1) return tf.conv2d(x, filter, strides, mode, 'NHWC', dilations);
  const filters = tf.split<tf.Tensor4D>(filter, groups, 3);
  const inputs = tf.split<tf.Tensor4D>(x, groups, 3);
  return tf.concat4d(
    filters.map((each, group) => tf.conv2d(inputs[group]!, each, strides, mode, 'NHWC', dilations)),
    3,
  );
}

/** @param filter [height, width, in · multiplier, 1]: the outputs of one input follow each other */
function depthwiseConvolution(
  x: tf.Tensor4D,
  filter: tf.Tensor4D,
  { strides, mode, dilations }: Geometry,
  multiplier: number,
): tf.Tensor4D {
  const [height, width, outputs] = filter.shape;
  const perInput = filter.reshape<tf.Tensor4D>([height, width, outputs / multiplier, multiplier]);
  return tf.depthwiseConv2d(x, perInput, strides, mode, 'NHWC', dilations);
}

/** How far a window reaches whose taps are `dilation` apart. */
function dilated(size: Extent, dilation: Extent): [number, number] {
  const [height, width] = pair(size);
  const [byHeight, byWidth] = pair(dilation);
  return [(height - 1) * byHeight + 1, (width - 1) * byWidth + 1];
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
