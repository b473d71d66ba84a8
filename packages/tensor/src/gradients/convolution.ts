/**
 * Both gradients of a 2-D convolution, as convolutions.
 *
 * Forward kernels are the best tuned part of every backend, while gradient kernels are missing (filter
 * gradient on WASM, dilation everywhere) or slow (input gradient on WASM: ten times the forward pass).
 */
import * as tf from '@tensorflow/tfjs';

type ConvolutionInfo = ReturnType<typeof tf.backend_util.computeConv2DInfo>;
type Shape4D = [number, number, number, number];
type Pads = [[number, number], [number, number], [number, number], [number, number]];

/** One spatial axis of a convolution. */
interface Axis {
  readonly input: number;
  readonly output: number;
  readonly taps: number;
  readonly stride: number;
  readonly dilation: number;
  /** Zeros before the input; those after it follow from the other fields. */
  readonly pad: number;
}

/**
 * dx = dy ∗ flipped, channel-transposed filter.
 *
 * With stride s, the inputs of each phase (position modulo s) see their own every s-th tap of the filter. The s²
 * small convolutions run as one with s² times the channels, whose output is then interleaved (sub-pixel
 * convolution, https://arxiv.org/abs/1609.05158): a quarter of the work of spreading dy with zeros.
 *
 * @param dy [batch, outHeight, outWidth, outChannels]
 * @param filter [height, width, inChannels, outChannels]
 * @returns [batch, inHeight, inWidth, inChannels]
 */
export function convolutionInputGradient(
  dy: tf.Tensor4D,
  filter: tf.Tensor4D,
  info: ConvolutionInfo,
): tf.Tensor4D {
  const { strideHeight, strideWidth } = info;
  if (strideHeight === 1 && strideWidth === 1) return unstridedInputGradient(dy, filter, info);
  if (strideHeight !== strideWidth) {
    throw new Error(
      `The input gradient of a convolution needs equal strides, got ${strideHeight} × ${strideWidth}.`,
    );
  }
  return stridedInputGradient(dy, filter, info, strideHeight);
}

function unstridedInputGradient(dy: tf.Tensor4D, filter: tf.Tensor4D, info: ConvolutionInfo): tf.Tensor4D {
  const flipped = tf.transpose(tf.reverse(filter, [0, 1]), [0, 1, 3, 2]);
  const [rows, columns] = axes(info);
  const { dilationHeight, dilationWidth } = info;
  return convolve(
    dy,
    flipped,
    [fullPads(rows), fullPads(columns)],
    [1, 1],
    [dilationHeight, dilationWidth],
    [rows.input, columns.input],
  );
}

function stridedInputGradient(
  dy: tf.Tensor4D,
  filter: tf.Tensor4D,
  info: ConvolutionInfo,
  stride: number,
): tf.Tensor4D {
  const [rows, columns] = axes(info);
  const phaseRows = phase(rows);
  const phaseColumns = phase(columns);
  const phases = phaseFilter(filter, stride, phaseRows.taps, phaseColumns.taps);
  const interleaved = tf.depthToSpace(
    convolve(
      dy,
      phases,
      [fullPads(phaseRows), fullPads(phaseColumns)],
      [1, 1],
      [1, 1],
      [phaseRows.input, phaseColumns.input],
    ),
    stride,
    'NHWC',
  );
  return tf.slice(
    interleaved,
    [0, rows.pad, columns.pad, 0],
    [info.batchSize, rows.input, columns.input, info.inChannels],
  );
}

/** The axis as each phase of a strided convolution sees it, counted from the padded start. */
function phase(axis: Axis): Axis {
  return {
    input: Math.floor((axis.input - 1 + axis.pad) / axis.stride) + 1,
    output: axis.output,
    taps: Math.ceil(axis.taps / axis.stride),
    stride: 1,
    dilation: 1,
    pad: 0,
  };
}

/** [height, width, in, out] → flipped [rowTaps, columnTaps, out, stride · stride · in]. */
function phaseFilter(filter: tf.Tensor4D, stride: number, rowTaps: number, columnTaps: number): tf.Tensor4D {
  const [height, width, inChannels, outChannels] = filter.shape;
  const padded = tf.pad(filter, [
    [0, rowTaps * stride - height],
    [0, columnTaps * stride - width],
    [0, 0],
    [0, 0],
  ]);
  const split = tf.reshape(padded, [rowTaps, stride, columnTaps, stride, inChannels, outChannels]);
  const ordered = tf.transpose(split, [0, 2, 5, 1, 3, 4]);
  const merged = tf.reshape(ordered, [rowTaps, columnTaps, outChannels, stride * stride * inChannels]);
  return tf.reverse(merged as tf.Tensor4D, [0, 1]);
}

/**
 * dFilter = x ∗ dy, with batch and channels exchanged, stride and dilation too: dy, as large as the output, is
 * the filter, and the batch is what it sums over.
 *
 * @param x [batch, inHeight, inWidth, inChannels]
 * @param dy [batch, outHeight, outWidth, outChannels]
 * @returns [height, width, inChannels, outChannels]
 */
export function convolutionFilterGradient(
  x: tf.Tensor4D,
  dy: tf.Tensor4D,
  info: ConvolutionInfo,
): tf.Tensor4D {
  const [rows, columns] = axes(info);
  if (isPointwise(rows) && isPointwise(columns)) return pointwiseFilterGradient(x, dy, info);
  const gradient = convolve(
    tf.transpose(x, [3, 1, 2, 0]),
    tf.transpose(dy, [1, 2, 0, 3]),
    [filterPads(rows), filterPads(columns)],
    [rows.dilation, columns.dilation],
    [rows.stride, columns.stride],
    [rows.taps, columns.taps],
  );
  return tf.transpose(gradient, [1, 2, 0, 3]);
}

function isPointwise({ taps, stride, pad, input, output }: Axis): boolean {
  return taps === 1 && stride === 1 && pad === 0 && input === output;
}

/** A 1 × 1 convolution is a matrix product over all pixels, and so is its gradient. */
function pointwiseFilterGradient(x: tf.Tensor4D, dy: tf.Tensor4D, info: ConvolutionInfo): tf.Tensor4D {
  const pixels = tf.transpose(tf.reshape(x, [-1, info.inChannels]));
  const gradient = tf.matMul(pixels, tf.reshape(dy, [-1, info.outChannels]));
  return tf.reshape(gradient, [1, 1, info.inChannels, info.outChannels]);
}

function axes(info: ConvolutionInfo): [rows: Axis, columns: Axis] {
  return [
    {
      input: info.inHeight,
      output: info.outHeight,
      taps: info.filterHeight,
      stride: info.strideHeight,
      dilation: info.dilationHeight,
      pad: info.padInfo.top,
    },
    {
      input: info.inWidth,
      output: info.outWidth,
      taps: info.filterWidth,
      stride: info.strideWidth,
      dilation: info.dilationWidth,
      pad: info.padInfo.left,
    },
  ];
}

/** Zeros around dy such that an unstrided convolution with the flipped filter gives `input` positions. */
function fullPads({ input, output, taps, dilation, pad }: Axis): [number, number] {
  const reach = dilation * (taps - 1);
  return [reach - pad, input - output + pad];
}

/** Zeros around x such that a convolution with dy as its filter gives `taps` positions. */
function filterPads({ input, output, taps, stride, dilation, pad }: Axis): [number, number] {
  return [pad, (output - 1) * stride + 1 + (taps - 1) * dilation - input - pad];
}

/** A convolution whose negative pads drop rows or columns of x, and whose output is cut to `size`. */
function convolve(
  x: tf.Tensor4D,
  filter: tf.Tensor4D,
  pads: [rows: [number, number], columns: [number, number]],
  strides: [number, number],
  dilations: [number, number],
  size: [height: number, width: number],
): tf.Tensor4D {
  const cropped = crop(x, pads);
  const positive = pads.map(([before, after]) => [Math.max(before, 0), Math.max(after, 0)]);
  const explicit = [[0, 0], ...positive, [0, 0]] as Pads;
  const y = tf.conv2d(cropped, filter, strides, explicit, 'NHWC', dilations);
  const shape: Shape4D = [y.shape[0], ...size, y.shape[3]];
  return tf.util.arraysEqual(y.shape, shape) ? y : tf.slice(y, [0, 0, 0, 0], shape);
}

function crop(
  x: tf.Tensor4D,
  [rows, columns]: [rows: [number, number], columns: [number, number]],
): tf.Tensor4D {
  if ([...rows, ...columns].every((pad) => pad >= 0)) return x;
  const [batch, height, width, channels] = x.shape;
  const top = Math.max(-rows[0], 0);
  const left = Math.max(-columns[0], 0);
  const bottom = Math.max(-rows[1], 0);
  const right = Math.max(-columns[1], 0);
  return tf.slice(x, [0, top, left, 0], [batch, height - top - bottom, width - left - right, channels]);
}
