/** Convolutions of images and volumes with their gradients, depthwise ones among them. */
import { sizeOf, type Value, type Values } from '../graph.ts';
import { convolution2D, convolution3D, type Windows } from '../windows.ts';
import { permutedValues, toPlanar } from './layout.ts';
import type { Lower, Lowering } from './lowering.ts';
import { phasedInputGradient } from './sub-pixel.ts';
import { convolutionAttributes, gradientPads, transposedAttributes } from './windows.ts';

/** How the windows of one kernel lie, from the shapes and attributes that tfjs gives it. */
type Geometry = (x: readonly number[], filter: readonly number[], attributes: never) => Windows;

const depthwise2D: Geometry = (x, filter, attributes) => convolution2D(x, filter, attributes, true);

/** Axes of a filter [...taps, in, out]. */
function filterAxes({ shape }: Value) {
  const rank = shape.length;
  return { taps: shape.slice(0, -2).map((_, axis) => axis), inChannels: rank - 2, outChannels: rank - 1 };
}

/** [...taps, in, out] → [out, in, ...taps] */
function forwardFilter(filter: Value, to: Lowering): string {
  const { taps, inChannels, outChannels } = filterAxes(filter);
  return to.transposed(filter, [outChannels, inChannels, ...taps]);
}

/** [...taps, in, multiplier] → [in · multiplier, 1, ...taps] */
function depthwiseFilter(filter: Value, to: Lowering): string {
  const { taps, inChannels, outChannels } = filterAxes(filter);
  const order = [inChannels, outChannels, ...taps];
  const [channels, multiplier] = filter.shape.slice(-2) as [number, number];
  const dims = [channels * multiplier, 1, ...filter.shape.slice(0, -2)];
  if (filter.node.kind === 'constant')
    return to.constant(filter, 'depthwise', dims, (values) => permutedValues(values, filter.shape, order));
  return to.onnx.reshape(to.onnx.transpose(to.natural(filter), order), dims);
}

/** [...taps, in, out] → [in, out, ...taps], or of a depthwise one [in, 1, ...taps], with the taps from last to first. */
function backwardFilter(filter: Value, to: Lowering): string {
  const { taps, inChannels, outChannels } = filterAxes(filter);
  const order = [inChannels, outChannels, ...taps];
  if (filter.node.kind === 'constant') {
    const dims = order.map((axis) => filter.shape[axis]!);
    const window = sizeOf(filter.shape.slice(0, -2));
    return to.constant(filter, 'backward', dims, (values) =>
      withReversedRuns(permutedValues(values, filter.shape, order), window),
    );
  }
  return taps.reduce(
    (name, axis) => to.onnx.backwards(name, axis + 2),
    to.onnx.transpose(to.natural(filter), order),
  );
}

function withReversedRuns(values: Values, length: number): Values {
  for (let start = 0; start < values.length; start += length)
    values.subarray(start, start + length).reverse();
  return values;
}

const convolution =
  (geometry: Geometry): Lower =>
  ({ inputs, attributes, outputs: [y] }, to) => {
    const { x, filter } = inputs as { x: Value; filter: Value };
    const windows = geometry(x.shape, filter.shape, attributes as never);
    const operands = [to.planar(x), forwardFilter(filter, to)] as const;
    to.setPlanar(
      y!,
      mixesFewChannels(windows)
        ? mixedChannels(...operands, y!, to)
        : to.onnx.node('Conv', operands, convolutionAttributes(windows)),
    );
  };

/** Of a 1×1 convolution, with less of them than onnxruntime has in a block, which would be empty for the most part. */
function mixesFewChannels(windows: Windows): boolean {
  const leastBlock = 8;
  return isPointwise(windows) && Math.max(windows.inChannels, windows.outChannels) < leastBlock;
}

/** As a matrix product over all positions. @param filter [out, in, 1, ...] */
function mixedChannels(x: string, filter: string, y: Value, { onnx }: Lowering): string {
  const [batch, channels, ...space] = toPlanar(y.shape) as [number, number, ...number[]];
  const positions = onnx.reshape(x, [batch, -1, sizeOf(space)]);
  const product = onnx.node('MatMul', [onnx.reshape(filter, [channels, -1]), positions]);
  return onnx.reshape(product, [batch, channels, ...space]);
}

const depthwiseConvolution: Lower = ({ inputs, attributes, outputs: [y] }, to) => {
  const { x, filter } = inputs as { x: Value; filter: Value };
  const windows = depthwise2D(x.shape, filter.shape, attributes as never);
  const operands = [to.planar(x), depthwiseFilter(filter, to)];
  to.setPlanar(y!, to.onnx.node('Conv', operands, convolutionAttributes(windows, windows.inChannels)));
};

/** At stride 1 a convolution with the flipped filter, which is faster than a transposed convolution. */
const inputGradient =
  (geometry: Geometry): Lower =>
  ({ inputs, attributes, outputs: [dx] }, to) => {
    const { dy, filter } = inputs as { dy: Value; filter: Value };
    const windows = geometry(dx!.shape, filter.shape, attributes as never);
    if (mixesFewChannels(windows))
      return to.setPlanar(dx!, mixedChannels(to.planar(dy), backwardFilter(filter, to), dx!, to));
    to.setPlanar(
      dx!,
      unstridedInputGradient(dy, () => backwardFilter(filter, to), windows, 1, to) ??
        phasedInputGradient(dy, filter, windows, to) ??
        to.onnx.node(
          'ConvTranspose',
          [to.planar(dy), forwardFilter(filter, to)],
          transposedAttributes(windows),
        ),
    );
  };

const depthwiseInputGradient: Lower = ({ inputs, attributes, outputs: [dx] }, to) => {
  const { dy, filter } = inputs as { dy: Value; filter: Value };
  const windows = depthwise2D(dx!.shape, filter.shape, attributes as never);
  const flipped =
    filter.shape.at(-1) === 1
      ? unstridedInputGradient(dy, () => backwardFilter(filter, to), windows, windows.inChannels, to)
      : undefined;
  to.setPlanar(dx!, flipped ?? depthwiseTransposed(dy, filter, windows, to));
};

/**
 * One channel for each channel at a time, and the sum: with several onnxruntime's WebGPU gives wrong numbers.
 */
function depthwiseTransposed(dy: Value, filter: Value, windows: Windows, to: Lowering): string {
  const { inChannels } = windows;
  const multiplier = filter.shape.at(-1)!;
  const attributes = transposedAttributes(windows, inChannels);
  const every = (name: string, axis: number, first: number) =>
    multiplier === 1 ? name : to.onnx.slice(name, axis, first, inChannels * multiplier, multiplier);
  const parts = Array.from({ length: multiplier }, (_, first) =>
    to.onnx.node(
      'ConvTranspose',
      [every(to.planar(dy), 1, first), every(depthwiseFilter(filter, to), 0, first)],
      attributes,
    ),
  );
  return parts.reduce((sum, part) => to.onnx.node('Add', [sum, part]));
}

/** Undefined where strides or wide pads rule it out. */
function unstridedInputGradient(
  dy: Value,
  filter: () => string,
  windows: Windows,
  group: number,
  to: Lowering,
): string | undefined {
  const pads = windows.axes.map(gradientPads);
  if (windows.axes.some(({ stride }) => stride !== 1) || pads.flat().some((pad) => pad < 0)) return undefined;
  const axes = windows.axes.map((axis, index) => ({
    ...axis,
    before: pads[index]![0],
    after: pads[index]![1],
  }));
  return to.onnx.node('Conv', [to.planar(dy), filter()], convolutionAttributes({ ...windows, axes }, group));
}

const filterGradient =
  (geometry: Geometry): Lower =>
  ({ inputs, attributes, outputs: [dFilter] }, to) => {
    const { x, dy } = inputs as { x: Value; dy: Value };
    const windows = geometry(x.shape, dFilter!.shape, attributes as never);
    const gradient = isPointwise(windows)
      ? pointwiseFilterGradient(x, dy, to)
      : convolvedFilterGradient(batchLast(x, to), batchLast(dy, to), windows, 1, to);
    to.setNatural(dFilter!, tapsFirst(gradient, dFilter!.shape, to));
  };

/** As above, in groups of one input channel, whose images are the channels of one convolution. */
const depthwiseFilterGradient: Lower = ({ inputs, attributes, outputs: [dFilter] }, to) => {
  const { x, dy } = inputs as { x: Value; dy: Value };
  const windows = depthwise2D(x.shape, dFilter!.shape, attributes as never);
  const { batch, inChannels, axes } = windows;
  const images = to.onnx.reshape(batchLast(x, to), [
    1,
    inChannels * batch,
    ...axes.map(({ input }) => input),
  ]);
  const gradient = convolvedFilterGradient(images, batchLast(dy, to), windows, inChannels, to);
  to.setNatural(dFilter!, tapsFirst(gradient, dFilter!.shape, to));
};

/** Elements ordered [in, out, ...taps] → [...taps, in, out]. */
function tapsFirst(gradient: string, shape: readonly number[], { onnx }: Lowering): string {
  const taps = shape.slice(0, -2);
  const shaped = onnx.reshape(gradient, [...shape.slice(-2), ...taps]);
  return onnx.transpose(shaped, [...taps.map((_, axis) => axis + 2), 0, 1]);
}

/** [channels, batch, ...space] */
function batchLast(value: Value, to: Lowering): string {
  const space = value.shape.slice(2).map((_, axis) => axis + 2);
  return to.onnx.transpose(to.planar(value), [1, 0, ...space]);
}

/** x convolved with dy as its filter: stride and dilation change places, and the batch is what is summed over. */
function convolvedFilterGradient(
  x: string,
  dy: string,
  windows: Windows,
  group: number,
  { onnx }: Lowering,
): string {
  const axes = windows.axes.map((axis) => {
    const reach = (axis.output - 1) * axis.stride + (axis.taps - 1) * axis.dilation + 1;
    const after = Math.max(0, reach - axis.input - axis.before);
    return { ...axis, taps: axis.output, stride: axis.dilation, dilation: axis.stride, after };
  });
  const gradient = onnx.node('Conv', [x, dy], convolutionAttributes({ ...windows, axes }, group));
  // Rows and columns that no window reached would count as further taps.
  return windows.axes.reduce((name, { taps }, axis) => onnx.slice(name, axis + 2, 0, taps), gradient);
}

function isPointwise({ axes }: Windows): boolean {
  return axes.every(
    ({ taps, stride, before, after }) => taps === 1 && stride === 1 && before === 0 && after === 0,
  );
}

/** A 1×1 convolution is a matrix product over all positions, and so is its gradient. @returns [in, out] */
function pointwiseFilterGradient(x: Value, dy: Value, to: Lowering): string {
  const flat = (value: Value) =>
    to.onnx.reshape(to.planar(value), [
      value.shape[0]!,
      value.shape.at(-1)!,
      sizeOf(value.shape.slice(1, -1)),
    ]);
  const product = to.onnx.node('MatMul', [flat(x), to.onnx.transpose(flat(dy), [0, 2, 1])]);
  return to.onnx.node('ReduceSum', [product, to.onnx.integers([0])], { keepdims: 0 });
}

export const convolutionLowerings: Readonly<Record<string, Lower>> = {
  Conv2D: convolution(convolution2D),
  Conv2DBackpropFilter: filterGradient(convolution2D),
  Conv2DBackpropInput: inputGradient(convolution2D),
  Conv3D: convolution(convolution3D),
  Conv3DBackpropFilterV2: filterGradient(convolution3D),
  Conv3DBackpropInputV2: inputGradient(convolution3D),
  DepthwiseConv2dNative: depthwiseConvolution,
  DepthwiseConv2dNativeBackpropFilter: depthwiseFilterGradient,
  DepthwiseConv2dNativeBackpropInput: depthwiseInputGradient,
};
