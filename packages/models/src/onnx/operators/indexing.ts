/** Operators that take parts of tensors, put them together, or surround them. */
import { tf } from '@fovea/tensor';
import type { Call, Operators } from '../call.ts';
import type { HostTensor } from '../host-tensor.ts';
import { usualLabels } from '../labels.ts';
import {
  engineAxis,
  isNumbers,
  normalAxis,
  onnxShape,
  orderOf,
  rankOf,
  shapeOf,
  type HostValue,
  type Operand,
  type TensorValue,
} from '../operand.ts';
import { union } from '../../receptive-field.ts';
import { checkEngineSize } from './engine-size.ts';

/** A value whose axes are told apart by `axis`, in the layout that it has. */
function axisOf(operand: Operand, axis: number): number {
  return operand.kind === 'tensor' ? engineAxis(operand, axis) : normalAxis(axis, rankOf(operand));
}

function keeping(operand: Operand): { layout?: TensorValue['layout']; labels?: TensorValue['labels'] } {
  return operand.kind === 'tensor' ? { layout: operand.layout, labels: operand.labels } : {};
}

function concat(call: Call): Operand {
  const operands = call.operands.map((_, index) => call.operand(index));
  const isImage =
    operands.every((operand) => rankOf(operand) === 4) &&
    operands.some((operand) => operand.kind === 'tensor' && operand.layout === 'channelsLast');
  const alike = operands.map((operand) => (isImage ? call.channelsLast(operand) : call.plain(operand)));
  const leader = alike.find((operand) => operand.kind === 'tensor') ?? alike[0]!;
  const axis = axisOf(leader, call.int('axis', 0));
  const fields = alike.map((operand) => (operand.kind === 'tensor' ? operand.node.field : undefined));
  return call.define({
    operands: alike,
    ...keeping(leader),
    field: leader.kind === 'tensor' && leader.labels[axis] === 'channel' ? union(fields) : undefined,
    compute: (values) => {
      const parts = axis === 0 ? [...values] : sameBatch(values);
      checkBeside(parts, axis);
      return tf.concat(parts, axis);
    },
  });
}

/** The engine finds out only when it computes. */
function checkBeside(parts: readonly tf.Tensor[], axis: number): void {
  const [first] = parts;
  const fits = ({ shape }: tf.Tensor) =>
    shape.length === first!.rank &&
    shape.every((length, each) => each === axis || length === first!.shape[each]);
  if (!parts.every(fits)) {
    const shapes = parts.map(({ shape }) => `[${shape.join(', ')}]`);
    throw new Error(`${shapes.join(' and ')} do not go side by side along axis ${axis}`);
  }
}

/** A file that was exported for one image puts a learned token beside it once: it is one for each image. */
function sameBatch(values: readonly tf.Tensor[]): tf.Tensor[] {
  const batch = Math.max(...values.map((value) => value.shape[0]));
  return values.map((value) =>
    value.shape[0] === 1 && batch > 1 ? tf.tile(value, [batch, ...value.shape.slice(1).map(() => 1)]) : value,
  );
}

function split(call: Call): readonly Operand[] {
  const operand = call.operand(0);
  const axis = axisOf(operand, call.int('axis', 0));
  const count = call.node.outputs.length;
  if (call.int('num_outputs', count) !== count)
    call.refuse(`it has ${count} outputs and says another number`);
  const given = call.constant(1)?.data ?? call.ints('split');
  const sizesOf = (length: number): readonly number[] => {
    if (given) return given;
    const size = Math.ceil(length / count);
    return Array.from({ length: count }, (_, part) => Math.min(size, length - part * size));
  };
  return call.node.outputs.map((_, part) =>
    call.define({
      operands: [operand],
      ...keeping(operand),
      compute: ([value]) => {
        const sizes = sizesOf(value!.shape[axis]!);
        const begin = sizes.slice(0, part).reduce((sum, size) => sum + size, 0);
        return sliced(value!, axis, begin, sizes[part]!);
      },
    }),
  );
}

function sliced(value: tf.Tensor, axis: number, begin: number, size: number): tf.Tensor {
  const from = value.shape.map((_, other) => (other === axis ? begin : 0));
  const extent = value.shape.map((length, other) => (other === axis ? size : length));
  return value.slice(from, extent);
}

/** Where a slice begins and what it takes, of an axis of `length`: numpy's rules. */
export interface Range {
  readonly begin: number;
  readonly step: number;
  readonly count: number;
}

export function rangeOf(start: number, end: number, step: number, length: number): Range {
  if (step === 0 || !Number.isFinite(step)) throw new Error(`a step of ${step}`);
  const [low, high] = step > 0 ? [0, length] : [-1, length - 1];
  const bounded = (index: number) => Math.min(high, Math.max(low, index < 0 ? index + length : index));
  const begin = bounded(start);
  return { begin, step, count: Math.max(0, Math.ceil((bounded(end) - begin) / step)) };
}

/** Starts, ends, axes and steps were attributes before opset 10. */
export function sliceNumbers(call: Call): readonly HostValue[] {
  const numbers = (index: number, name: string): HostValue | undefined => {
    const values = call.ints(name);
    return call.host(index) ?? (values && { kind: 'host', sources: [], evaluate: () => ints(values) });
  };
  const found = [numbers(1, 'starts'), numbers(2, 'ends'), numbers(3, 'axes'), numbers(4, 'steps')];
  if (!found[0] || !found[1]) call.refuse('it is given no starts or ends');
  const none: HostValue = { kind: 'host', sources: [], evaluate: () => ints([]) };
  return found.map((value) => value ?? none);
}

function ints(data: readonly number[]): HostTensor {
  return { type: 'int', shape: [data.length], data };
}

export interface AxisRange extends Range {
  /** Of ONNX. */
  readonly axis: number;
}

export function axisRanges(shape: readonly number[], numbers: readonly HostTensor[]): AxisRange[] {
  const [starts, ends, axes, steps] = numbers.map(({ data }) => data);
  return starts!.map((start, index) => {
    const axis = normalAxis(axes![index] ?? index, shape.length);
    return { axis, ...rangeOf(start, ends![index]!, steps![index] ?? 1, shape[axis]!) };
  });
}

function slice(call: Call): Operand {
  const operand = call.operand(0);
  return call.define({
    operands: [operand],
    hosts: sliceNumbers(call),
    ...keeping(operand),
    compute: ([value], numbers) => {
      const layout = operand.kind === 'tensor' ? operand.layout : 'plain';
      const order = orderOf[layout](value!.rank);
      return axisRanges(onnxShape(value!.shape, layout), numbers).reduce(
        (tensor, { axis, begin, step, count }) => {
          const along = order.indexOf(axis);
          if (step === 1) return sliced(tensor, along, begin, count);
          const indices = Array.from({ length: count }, (_, index) => begin + index * step);
          return tf.gather(tensor, tf.tensor1d(indices, 'int32'), along);
        },
        value!,
      );
    },
  });
}

/** Indices that are known take slices; those that are computed look rows up, as token ids do. */
function gather(call: Call): Operand {
  const operand = call.plain(call.operand(0));
  const indices = call.operand(1);
  const axis = normalAxis(call.int('axis', 0), rankOf(operand));
  const labels = operand.kind === 'tensor' ? operand.labels : usualLabels(rankOf(operand));
  const rank = rankOf(indices);
  const result = [
    ...labels.slice(0, axis),
    ...(rank === 1 ? [labels[axis]!] : usualLabels(rank)),
    ...labels.slice(axis + 1),
  ];
  if (isNumbers(indices)) {
    return call.define({
      operands: [operand],
      hosts: [indices],
      labels: result,
      compute: ([value], [numbers]) => taken(value!, numbers!, axis),
    });
  }
  return call.define({
    operands: [operand, call.plain(indices)],
    labels: result,
    compute: ([value, ids]) => tf.gather(value!, ids!.toInt(), axis),
  });
}

function taken(value: tf.Tensor, { shape, data }: HostTensor, axis: number): tf.Tensor {
  const length = value.shape[axis]!;
  const indices = data.map((index) => normalAxis(index, length));
  const part =
    indices.length === 1
      ? sliced(value, axis, indices[0]!, 1)
      : tf.gather(value, tf.tensor1d(indices, 'int32'), axis);
  return part.reshape([...value.shape.slice(0, axis), ...shape, ...value.shape.slice(axis + 1)]);
}

/** How many elements to add before and after each axis of ONNX; negative ones cut. */
type Pads = readonly (readonly [before: number, after: number])[];

function pad(call: Call): Operand {
  const operand = call.operand(0);
  const rank = rankOf(operand);
  const attribute = call.ints('pads');
  const pads: HostValue =
    call.host(1) ??
    (attribute
      ? { kind: 'host', sources: [], evaluate: () => ints(attribute) }
      : call.refuse('it is given no pads'));
  const value = call.constant(2)?.data[0] ?? call.float('value', 0);
  const axes =
    call.constant(3)?.data.map((axis) => normalAxis(axis, rank)) ?? shapeOf(operand).map((_, axis) => axis);
  const mode = call.text('mode', 'constant');
  if (!['constant', 'reflect', 'edge', 'wrap'].includes(mode)) call.refuse(`its mode is ${mode}`);
  return call.define({
    operands: [operand],
    hosts: [pads],
    ...keeping(operand),
    compute: ([tensor], [numbers]) => {
      const layout = operand.kind === 'tensor' ? operand.layout : 'plain';
      const perAxis = padsOf(numbers!.data, axes, rank);
      const inEngine = orderOf[layout](rank).map((axis) => perAxis[axis]!);
      checkEngineSize(tensor!.shape.map((length, axis) => length + inEngine[axis]![0] + inEngine[axis]![1]));
      return mode === 'constant' ? padded(tensor!, inEngine, value) : continued(tensor!, inEngine, mode);
    },
  });
}

function padsOf(numbers: readonly number[], axes: readonly number[], rank: number): Pads {
  return Array.from({ length: rank }, (_, axis) => {
    const index = axes.indexOf(axis);
    return index < 0
      ? ([0, 0] as const)
      : ([numbers[index] ?? 0, numbers[index + axes.length] ?? 0] as const);
  });
}

function padded(tensor: tf.Tensor, pads: Pads, value: number): tf.Tensor {
  const begin = pads.map(([before]) => Math.max(0, -before));
  const size = tensor.shape.map((length, axis) => length - begin[axis]! - Math.max(0, -pads[axis]![1]));
  const added = pads.map(([before, after]): [number, number] => [Math.max(0, before), Math.max(0, after)]);
  return tf.pad(tensor.slice(begin, size), added, value);
}

/** By elements of its own, looked up along each axis. */
function continued(tensor: tf.Tensor, pads: Pads, mode: string): tf.Tensor {
  return pads.reduce((image, [before, after], axis) => {
    if (before === 0 && after === 0) return image;
    const length = image.shape[axis]!;
    const indices = Array.from({ length: length + before + after }, (_, index) =>
      sourceIndex(index - before, length, mode),
    );
    return tf.gather(image, tf.tensor1d(indices, 'int32'), axis);
  }, tensor);
}

function sourceIndex(index: number, length: number, mode: string): number {
  if (mode === 'edge') return Math.min(length - 1, Math.max(0, index));
  if (mode === 'wrap') return ((index % length) + length) % length;
  const period = Math.max(1, 2 * (length - 1));
  const folded = ((index % period) + period) % period;
  return folded < length ? folded : period - folded;
}

export const indexingOperators: Operators = {
  Concat: concat,
  Split: split,
  Slice: slice,
  Gather: gather,
  Pad: pad,
};
