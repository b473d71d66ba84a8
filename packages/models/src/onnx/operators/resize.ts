/**
 * Resampling of images. Each axis is resampled by itself, as a product with a matrix whose rows hold the weights by
 * which an output position mixes input positions: that covers every mode, and differentiates as it stands.
 */
import { tf } from '@fovea/tensor';
import type { Call, Operators } from '../call.ts';
import type { HostTensor } from '../host-tensor.ts';
import { shapeOf, type HostValue, type TensorValue } from '../operand.ts';
import { checkEngineSize } from './engine-size.ts';

interface Sampling {
  readonly mode: string;
  readonly coordinates: string;
  readonly nearest: string;
  /** Of the cubic kernel. */
  readonly coefficient: number;
  readonly excludeOutside: boolean;
}

function resize(call: Call): TensorValue {
  const sampling: Sampling = {
    mode: call.text('mode', 'nearest'),
    coordinates: call.text('coordinate_transformation_mode', call.opset < 11 ? 'asymmetric' : 'half_pixel'),
    nearest: call.text('nearest_mode', call.opset < 11 ? 'floor' : 'round_prefer_floor'),
    coefficient: call.float('cubic_coeff_a', -0.75),
    excludeOutside: call.int('exclude_outside', 0) === 1,
  };
  if (call.int('antialias', 0) === 1) call.refuse('it is antialiased');
  if (call.text('keep_aspect_ratio_policy', 'stretch') !== 'stretch')
    call.refuse('it keeps the aspect ratio');
  if (!coordinateOf[sampling.coordinates]) call.refuse(`its coordinates are ${sampling.coordinates}`);
  if (sampling.mode === 'nearest' && !rounding[sampling.nearest])
    call.refuse(`its nearest_mode is ${sampling.nearest}`);
  if (!['nearest', 'linear', 'cubic'].includes(sampling.mode)) call.refuse(`its mode is ${sampling.mode}`);
  const first = call.opset < 11 ? 1 : 2;
  return resampled(call, sampling, given(call.host(first)), given(call.host(3)));
}

/** The operator that Resize replaced in opset 10. */
function upsample(call: Call): TensorValue {
  const mode = call.text('mode', 'nearest');
  const sampling = {
    mode,
    coordinates: 'asymmetric',
    nearest: 'floor',
    coefficient: -0.75,
    excludeOutside: false,
  };
  return resampled(call, sampling, given(call.host(1)), undefined);
}

/** An empty list stands for one that is left out. */
function given(value: HostValue | undefined): HostValue | undefined {
  return value && shapeOf(value)[0] !== 0 ? value : undefined;
}

function resampled(
  call: Call,
  sampling: Sampling,
  scales: HostValue | undefined,
  sizes: HostValue | undefined,
): TensorValue {
  if (shapeOf(call.operand(0)).length !== 4) call.refuse('its input is no image');
  const image = call.channelsLast(call.operand(0));
  const numbers = sizes ?? scales ?? call.refuse('it is given neither scales nor sizes');
  const axes = call.ints('axes');
  return call.define({
    operands: [image],
    hosts: [numbers],
    layout: 'channelsLast',
    labels: image.labels,
    compute: ([x], [wanted]) => {
      const [batch, height, width, channels] = x!.shape as [number, number, number, number];
      const rows = axisScale(wanted!, axes, 2, height, sizes !== undefined);
      const columns = axisScale(wanted!, axes, 3, width, sizes !== undefined);
      checkEngineSize([batch, rows.length, columns.length, channels]);
      const byRow = alongRows(x!.reshape([batch, height, width * channels]), weights(height, rows, sampling));
      const byColumn = alongRows(
        byRow.reshape([batch * rows.length, width, channels]),
        weights(width, columns, sampling),
      );
      return byColumn.reshape([batch, rows.length, columns.length, channels]);
    },
  });
}

interface Scale {
  readonly length: number;
  readonly scale: number;
}

function axisScale(
  wanted: HostTensor,
  axes: readonly number[] | undefined,
  axis: number,
  length: number,
  isSize: boolean,
): Scale {
  const index = axes ? axes.map((each) => (each < 0 ? each + 4 : each)).indexOf(axis) : axis;
  const value = wanted.data[index];
  if (value === undefined) return { length, scale: 1 };
  const output = isSize ? value : Math.floor(length * value);
  if (!(output >= 1)) throw new Error(`${length} positions become ${output}`);
  return { length: output, scale: isSize ? output / length : value };
}

/** [batch, in, values] → [batch, out, values], or the same where each position stays what it is. */
function alongRows(x: tf.Tensor, rows: number[][] | undefined): tf.Tensor {
  if (!rows) return x;
  const matrix = tf.tensor2d(rows).expandDims(0).tile([x.shape[0], 1, 1]);
  return tf.matMul(matrix, x);
}

/** [out][in]. */
function weights(
  length: number,
  { length: output, scale }: Scale,
  sampling: Sampling,
): number[][] | undefined {
  if (output === length && scale === 1) return undefined;
  checkEngineSize([output, length]);
  const coordinate = coordinateOf[sampling.coordinates]!;
  return Array.from({ length: output }, (_, position) => {
    const row = Array<number>(length).fill(0);
    for (const [index, weight] of taps(coordinate(position, { scale, length, output }), length, sampling)) {
      row[Math.min(length - 1, Math.max(0, index))]! += weight;
    }
    return row;
  });
}

interface Extent {
  readonly scale: number;
  readonly length: number;
  readonly output: number;
}

/** From an output position to a place among the input positions. */
const coordinateOf: Readonly<Record<string, (position: number, extent: Extent) => number>> = {
  half_pixel: (position, { scale }) => (position + 0.5) / scale - 0.5,
  pytorch_half_pixel: (position, { scale, output }) => (output > 1 ? (position + 0.5) / scale - 0.5 : 0),
  align_corners: (position, { length, output }) =>
    output > 1 ? (position * (length - 1)) / (output - 1) : 0,
  asymmetric: (position, { scale }) => position / scale,
  half_pixel_symmetric: (position, { scale, length, output }) => {
    const center = length / 2;
    const adjustment = output / (scale * length);
    return center * (1 - adjustment) + (position + 0.5) / scale - 0.5;
  },
};

const rounding: Readonly<Record<string, (place: number) => number>> = {
  floor: Math.floor,
  ceil: Math.ceil,
  round_prefer_floor: (place) => Math.ceil(place - 0.5),
  round_prefer_ceil: (place) => Math.floor(place + 0.5),
};

/** The input positions that a place mixes, and by how much. */
function taps(place: number, length: number, sampling: Sampling): [index: number, weight: number][] {
  if (sampling.mode === 'nearest') return [[rounding[sampling.nearest]!(place), 1]];
  const first = Math.floor(place);
  const fraction = place - first;
  if (sampling.mode === 'linear') {
    return [
      [first, 1 - fraction],
      [first + 1, fraction],
    ];
  }
  const cubic = [-1, 0, 1, 2].map((offset): [number, number] => [
    first + offset,
    cubicKernel(Math.abs(offset - fraction), sampling.coefficient),
  ]);
  if (!sampling.excludeOutside) return cubic;
  const inside = cubic.filter(([index]) => index >= 0 && index < length);
  const total = inside.reduce((sum, [, weight]) => sum + weight, 0);
  return inside.map(([index, weight]) => [index, weight / total]);
}

/** Keys, "Cubic Convolution Interpolation for Digital Image Processing", 1981. */
function cubicKernel(distance: number, a: number): number {
  if (distance <= 1) return (a + 2) * distance ** 3 - (a + 3) * distance ** 2 + 1;
  if (distance < 2) return a * distance ** 3 - 5 * a * distance ** 2 + 8 * a * distance - 4 * a;
  return 0;
}

export const resizeOperators: Operators = {
  Resize: resize,
  Upsample: upsample,
};
