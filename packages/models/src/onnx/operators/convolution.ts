import { tf } from '@fovea/tensor';
import { convolve, greatestCommonDivisor, spreadTaps } from '../../blocks/convolve.ts';
import { windowed } from '../../window.ts';
import type { Call, Operators } from '../call.ts';
import { shapeOf, type Operand, type TensorValue } from '../operand.ts';
import { checkEngineSize } from './engine-size.ts';
import { fieldThrough, pairOf, slidingWindow } from './sliding-window.ts';

type Pair = readonly [number, number];

/** The same weights in another order of axes; learned ones are kept in it. */
function reordered(call: Call, operand: Operand, order: readonly number[]): Operand {
  if (operand.kind === 'host' && operand.parameter) {
    return { ...operand, parameter: { ...operand.parameter, order } };
  }
  return call.define({ operands: [call.plain(operand)], compute: ([value]) => value!.transpose([...order]) });
}

function imageOperand(call: Call): TensorValue {
  const operand = call.operand(0);
  const { length } = shapeOf(operand);
  if (length !== 4) call.refuse(`its input has ${length} axes: only images, of four, are supported`);
  return call.channelsLast(operand);
}

function heightAndWidth(image: TensorValue): Pair {
  const [, , height, width] = image.shapes[0]!;
  return [height!, width!];
}

function withBias(call: Call, operands: readonly Operand[]): Operand[] {
  const bias = call.operands[2];
  return bias ? [...operands, call.plain(bias)] : [...operands];
}

function convolution(call: Call): TensorValue {
  const image = imageOperand(call);
  const [filters, , ...size] = shapeOf(call.operand(1));
  const window = slidingWindow(call, pairOf(call, 'kernel_shape') ?? [size[0]!, size[1]!]);
  const groups = call.int('group', 1);
  const channels = image.shapes[0]![1]!;
  if (!(groups >= 1) || channels % groups !== 0 || filters! % groups !== 0) {
    call.refuse(`${groups} groups do not divide ${channels} and ${filters} channels`);
  }
  const isDepthwise = groups > 1 && groups === channels;
  const filter = reordered(call, call.operand(1), isDepthwise ? [2, 3, 0, 1] : [2, 3, 1, 0]);
  return call.define({
    kind: 'conv',
    operands: withBias(call, [image, filter]),
    layout: 'channelsLast',
    labels: image.labels,
    window: {
      size: window.reach,
      stride: window.stride,
      dilation: window.dilation,
      padding: window.padding(heightAndWidth(image)),
      groups,
    },
    filter: 1,
    field: fieldThrough(image.node.field, window, heightAndWidth(image)),
    compute: ([x, weights, bias]) => {
      const { stride, dilation, reach } = window;
      const [batch, height, width] = x!.shape as [number, number, number];
      const padding = window.padding([height, width]);
      const [top, bottom, left, right] = padding;
      checkEngineSize([batch, height + top + bottom, width + left + right, channels]);
      windowed([height, width], reach, stride, padding);
      const convolved = convolve(x as tf.Tensor4D, weights as tf.Tensor4D, {
        stride,
        dilation,
        padding,
        groups,
      });
      return bias ? convolved.add(bias) : convolved;
    },
  });
}

/**
 * The gradient of a convolution as an operation of its own. Every tap writes, so that the result is computed whole
 * and its edges, which `pads` counts, are cut off.
 */
function transposedConvolution(call: Call): TensorValue {
  const image = imageOperand(call);
  const [, perGroup, height, width] = shapeOf(call.operand(1));
  const window = slidingWindow(call, pairOf(call, 'kernel_shape') ?? [height!, width!]);
  const groups = call.int('group', 1);
  const outputPadding = pairOf(call, 'output_padding') ?? [0, 0];
  const wanted = pairOf(call, 'output_shape');
  const filter = reordered(call, call.operand(1), [2, 3, 1, 0]);
  return call.define({
    kind: 'conv_transpose',
    operands: withBias(call, [image, filter]),
    layout: 'channelsLast',
    labels: image.labels,
    compute: ([x, weights, bias]) => {
      checkEngineSize([...window.reach, ...weights!.shape.slice(2)]);
      const taps = spreadTaps(weights as tf.Tensor4D, window.dilation);
      const whole = transposed(x as tf.Tensor4D, taps, window.stride, groups, perGroup!);
      const input: Pair = [x!.shape[1]!, x!.shape[2]!];
      const cut = cutOf(call, input, whole, window, outputPadding, wanted);
      const result = fitted(whole, cut);
      return bias ? result.add(bias) : result;
    },
  });
}

function transposed(
  x: tf.Tensor4D,
  filter: tf.Tensor4D,
  [strideY, strideX]: Pair,
  groups: number,
  perGroup: number,
): tf.Tensor4D {
  const [batch, height, width] = x.shape;
  const [sizeY, sizeX] = filter.shape;
  checkEngineSize([batch, height * strideY + sizeY, width * strideX + sizeX, perGroup * groups]);
  if (strideY !== strideX) {
    // Engines want equal strides: the rest of them becomes zeros between the positions.
    const common = greatestCommonDivisor(strideY, strideX);
    const spread = spreadRows(x, [strideY / common, strideX / common]);
    return transposed(spread, filter, [common, common], groups, perGroup);
  }
  const shape: [number, number, number, number] = [
    batch,
    (height - 1) * strideY + sizeY,
    (width - 1) * strideX + sizeX,
    perGroup,
  ];
  if (groups === 1) return tf.conv2dTranspose(x, filter, shape, strideY, 'valid');
  const inputs = tf.split<tf.Tensor4D>(x, groups, 3);
  const filters = tf.split<tf.Tensor4D>(filter, groups, 3);
  return tf.concat4d(
    inputs.map((input, group) => tf.conv2dTranspose(input, filters[group]!, shape, strideY, 'valid')),
    3,
  );
}

/** Zeros between the positions of each image. */
function spreadRows(x: tf.Tensor4D, factor: Pair): tf.Tensor4D {
  return spreadTaps(x.transpose([1, 2, 0, 3]), factor).transpose([2, 0, 1, 3]);
}

interface Cut {
  readonly begin: Pair;
  readonly size: Pair;
}

/** Which part of the whole result is asked for. */
function cutOf(
  call: Call,
  input: Pair,
  { shape: [, wholeY, wholeX] }: tf.Tensor4D,
  { stride, padding }: ReturnType<typeof slidingWindow>,
  outputPadding: Pair,
  wanted: Pair | undefined,
): Cut {
  const whole: Pair = [wholeY, wholeX];
  const mode = call.text('auto_pad', 'NOTSET');
  if (!wanted && !mode.startsWith('SAME')) {
    const [top, bottom, left, right] = padding(input);
    const size = [top + bottom, left + right].map((cut, axis) => whole[axis]! - cut + outputPadding[axis]!);
    return { begin: [top, left], size: [size[0]!, size[1]!] };
  }
  const size: Pair = wanted ?? [input[0] * stride[0], input[1] * stride[1]];
  const total = size.map((length, axis) => whole[axis]! + outputPadding[axis]! - length);
  const begin = total.map((cut) => (mode === 'SAME_UPPER' ? Math.floor(cut / 2) : Math.ceil(cut / 2)));
  return { begin: [begin[0]!, begin[1]!], size };
}

/** Cut out, with zeros where it reaches beyond the end. */
function fitted(image: tf.Tensor4D, { begin, size }: Cut): tf.Tensor4D {
  const [batch, height, width, channels] = image.shape;
  checkEngineSize([batch, ...size, channels]);
  const beyond = [height, width].map((length, axis) => Math.max(0, begin[axis]! + size[axis]! - length));
  const before = begin.map((start) => Math.max(0, -start));
  const padded = tf.pad(image, [
    [0, 0],
    [before[0]!, beyond[0]!],
    [before[1]!, beyond[1]!],
    [0, 0],
  ]);
  const [y, x] = begin.map((start) => Math.max(0, start));
  return padded.slice([0, y!, x!, 0], [batch, ...size, channels]);
}

export const convolutionOperators: Operators = {
  Conv: convolution,
  ConvTranspose: transposedConvolution,
};
