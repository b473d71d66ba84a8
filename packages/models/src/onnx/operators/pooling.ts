import { tf } from '@fovea/tensor';
import type { Nonlinearities } from '../../hooked-model.ts';
import type { Edges } from '../../window.ts';
import { windowed } from '../../window.ts';
import type { Call, Operators } from '../call.ts';
import { shapeOf, type TensorValue } from '../operand.ts';
import { checkEngineSize } from './engine-size.ts';
import { ceilEdges, fieldThrough, slidingWindow, type SlidingWindow } from './sliding-window.ts';

type Pair = readonly [number, number];

/** Below every activation, and finite, so that weighing it by zero gives zero. */
const lowest = -3.4e38;

function imageOperand(call: Call): TensorValue {
  const operand = call.operand(0);
  const { length } = shapeOf(operand);
  if (length !== 4) call.refuse(`its input has ${length} axes: only images, of four, are supported`);
  return call.channelsLast(operand);
}

function pooled(
  call: Call,
  kind: string,
  compute: (
    image: tf.Tensor4D,
    window: SlidingWindow,
    around: Edges,
    nonlinearities: Nonlinearities,
  ) => tf.Tensor,
): TensorValue {
  const image = imageOperand(call);
  const window = slidingWindow(call);
  const [, , height, width] = image.shapes[0]!;
  return call.define({
    kind,
    operands: [image],
    layout: 'channelsLast',
    labels: image.labels,
    window: {
      size: window.reach,
      stride: window.stride,
      dilation: window.dilation,
      padding: ceilEdges(window, [height!, width!]),
    },
    field: fieldThrough(image.node.field, window, [height!, width!]),
    compute: ([x], _, { nonlinearities }) => {
      const extent: Pair = [x!.shape[1]!, x!.shape[2]!];
      const around = ceilEdges(window, extent);
      windowed(extent, window.reach, window.stride, around);
      checkEngineSize([
        x!.shape[0],
        extent[0] + around[0] + around[1],
        extent[1] + around[2] + around[3],
        x!.shape[3]!,
      ]);
      return compute(x as tf.Tensor4D, window, around, nonlinearities);
    },
  });
}

function maxPool(call: Call): TensorValue {
  if ((call.node.outputs[1] ?? '') !== '') call.refuse('it is asked for the positions of the maxima');
  return pooled(call, 'max_pool', (image, window, around, nonlinearities) => {
    const { size, stride, dilation } = window;
    if (dilation.some((step) => step > 1)) return dilatedMaxPool(image, window, around);
    const unpadded = around.every((edge) => edge === 0);
    return nonlinearities.maxPool(image, [...size], [...stride], unpadded ? 'valid' : around);
  });
}

/** The maximum over one slice of the image per tap. */
function dilatedMaxPool(
  image: tf.Tensor4D,
  { size, stride, dilation, reach }: SlidingWindow,
  around: Edges,
): tf.Tensor {
  const [height, width] = windowed([image.shape[1], image.shape[2]], reach, stride, around);
  const padded = padded2d(image, around, lowest);
  const [batch, , , channels] = image.shape;
  const taps = Array.from({ length: size[0] * size[1] }, (_, tap) => {
    const y = Math.floor(tap / size[1]) * dilation[0];
    const x = (tap % size[1]) * dilation[1];
    const end = [batch, y + (height - 1) * stride[0] + 1, x + (width - 1) * stride[1] + 1, channels];
    return tf.stridedSlice(padded, [0, y, x, 0], end, [1, ...stride, 1]);
  });
  return taps.reduce((a, b) => tf.maximum(a, b));
}

function averagePool(call: Call): TensorValue {
  const counted = call.int('count_include_pad', 0) === 1;
  return pooled(call, 'avg_pool', (image, window, around) => {
    const { size, stride, dilation } = window;
    if (dilation.some((step) => step > 1)) call.refuse('its dilations are not 1');
    if (around.every((edge) => edge === 0)) return tf.avgPool(image, [...size], [...stride], 'valid');
    const means = tf.avgPool(padded2d(image, around, 0), [...size], [...stride], 'valid');
    return means.mul(shares(image, window, around, counted));
  });
}

/**
 * By what to multiply means over whole windows, to get means over what counts of them: the image, and with it the
 * padding, but never what `ceil` adds. [1, height, width, 1].
 */
function shares(image: tf.Tensor4D, window: SlidingWindow, around: Edges, counted: boolean): tf.Tensor {
  const extent: Pair = [image.shape[1], image.shape[2]];
  const padding = counted ? window.padding(extent) : ([0, 0, 0, 0] as const);
  const [rows, columns] = ([0, 1] as const).map((axis) => {
    const [size, stride] = [window.size[axis], window.stride[axis]];
    const begin = around[2 * axis]!;
    const [from, to] = [begin - padding[2 * axis]!, begin + extent[axis] + padding[2 * axis + 1]!];
    const count = Math.floor((begin + extent[axis] + around[2 * axis + 1]! - size) / stride) + 1;
    return Array.from({ length: count }, (_, index) => {
      const inside = Math.min(to, index * stride + size) - Math.max(from, index * stride);
      return size / inside;
    });
  });
  return tf.mul(tf.tensor(rows!, [1, rows!.length, 1, 1]), tf.tensor(columns!, [1, 1, columns!.length, 1]));
}

function padded2d(image: tf.Tensor4D, [top, bottom, left, right]: Edges, value: number): tf.Tensor4D {
  return tf.pad(
    image,
    [
      [0, 0],
      [top, bottom],
      [left, right],
      [0, 0],
    ],
    value,
  );
}

function globalPool(kind: string, compute: (image: tf.Tensor) => tf.Tensor) {
  return (call: Call): TensorValue => {
    const image = imageOperand(call);
    return call.define({
      kind,
      operands: [image],
      layout: 'channelsLast',
      labels: image.labels,
      compute: ([x]) => compute(x!),
    });
  };
}

export const poolingOperators: Operators = {
  MaxPool: maxPool,
  AveragePool: averagePool,
  GlobalAveragePool: globalPool('avg_pool', (image) => image.mean([1, 2], true)),
  GlobalMaxPool: globalPool('max_pool', (image) => image.max([1, 2], true)),
};
