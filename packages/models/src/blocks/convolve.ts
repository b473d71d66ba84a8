/** Convolution of tensors, in all the forms that networks use, out of those that backends have. */
import { tf } from '@fovea/tensor';
import { edges, pair, type Edges, type Extent } from '../window.ts';

export interface ConvolutionGeometry {
  readonly stride: Extent;
  readonly dilation: Extent;
  readonly padding: Edges;
  /** Input and output channels fall into so many groups that do not see each other. */
  readonly groups: number;
}

/**
 * [batch, height, width, in] → [batch, height', width', out].
 * @param filter [height, width, in / groups, out], or, where each input channel is a group of its own,
 *   [height, width, out, 1], in which the outputs of one input follow each other
 */
export function convolve(
  image: tf.Tensor4D,
  filter: tf.Tensor4D,
  { stride, dilation, padding, groups }: ConvolutionGeometry,
): tf.Tensor4D {
  const [height, width] = filter.shape;
  const [byHeight, byWidth] = pair(stride);
  if (byHeight !== byWidth) {
    // Gradients need equal strides: what the longer one skips is computed, and left out.
    const common = greatestCommonDivisor(byHeight, byWidth);
    const all = convolve(image, filter, { stride: common, dilation, padding, groups });
    const steps = [1, byHeight / common, byWidth / common, 1];
    return tf.stridedSlice(all, [0, 0, 0, 0], all.shape, steps) as tf.Tensor4D;
  }
  const [source, mode] = convolvable(image, dilated([height, width], dilation), stride, padding);
  const geometry = { strides: pair(stride), mode, dilations: pair(dilation) };
  return isDepthwise(groups, image.shape[3])
    ? depthwiseConvolution(source, filter, geometry)
    : groupedConvolution(source, filter, geometry, groups);
}

export function greatestCommonDivisor(a: number, b: number): number {
  return b === 0 ? a : greatestCommonDivisor(b, a % b);
}

export function isDepthwise(groups: number, channels: number): boolean {
  return groups > 1 && groups === channels;
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

function depthwiseConvolution(
  x: tf.Tensor4D,
  filter: tf.Tensor4D,
  { strides, mode, dilations }: Geometry,
): tf.Tensor4D {
  const [height, width] = filter.shape;
  const perInput = filter.reshape<tf.Tensor4D>([height, width, x.shape[3], -1]);
  // tfjs has no gradient of a dilated one.
  return tf.depthwiseConv2d(x, spreadTaps(perInput, dilations), strides, mode);
}

/** The same filter without dilation: zeros lie between the taps. [height, width, ...] → [height', width', ...]. */
export function spreadTaps(filter: tf.Tensor4D, dilation: Extent): tf.Tensor4D {
  const [byHeight, byWidth] = pair(dilation);
  if (byHeight === 1 && byWidth === 1) return filter;
  const [height, width, a, b] = filter.shape;
  const spread = filter.reshape([height, 1, width, 1, a * b]).pad([
    [0, 0],
    [0, byHeight - 1],
    [0, 0],
    [0, byWidth - 1],
    [0, 0],
  ]);
  return spread
    .reshape<tf.Tensor4D>([height * byHeight, width * byWidth, a, b])
    .slice([0, 0, 0, 0], [...dilated([height, width], dilation), a, b]);
}

/** How far a window reaches whose taps are `dilation` apart. */
export function dilated(size: Extent, dilation: Extent): [number, number] {
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
