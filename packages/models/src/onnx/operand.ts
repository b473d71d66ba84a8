/** The values that an ONNX graph computes with, while it is drawn as a graph of ours. */
import type { TensorType } from '@fovea/tensor';
import type { Axis } from '../hooked-model.ts';
import type { Node, Shape } from '../graph.ts';
import type { HostTensor } from './host-tensor.ts';

/** What an axis counts; `batch` is that of the images. */
export type Label = Axis | 'batch';

/**
 * How the engine's axes lie to ONNX's. Images are channels-first there and channels-last here: a value of rank 4
 * that is computed by convolutions and the like is kept as the engine wants it, and transposed only where the
 * order of its axes matters.
 */
export type Layout = 'plain' | 'channelsLast';

/** ONNX's axes in the engine's order. */
export const orderOf: Readonly<Record<Layout, (rank: number) => readonly number[]>> = {
  plain: (rank) => Array.from({ length: rank }, (_, axis) => axis),
  channelsLast: () => [0, 2, 3, 1],
};

/** Computed by the engine in each run. */
export interface TensorValue {
  readonly kind: 'tensor';
  readonly node: Node;
  readonly layout: Layout;
  /** In the engine's order. */
  readonly labels: readonly Label[];
  /** In ONNX's order, at the nominal size, for each number of images for which the graph is tried out. */
  readonly shapes: readonly Shape[];
  readonly dtype: TensorType['dtype'];
}

/** Known from constants and from the shapes of tensors alone. */
export interface HostValue {
  readonly kind: 'host';
  /** Those whose shapes it depends on; none for a constant. */
  readonly sources: readonly TensorValue[];
  /** @param shapes of the sources, in ONNX's order */
  evaluate(shapes: readonly Shape[]): HostTensor;
  /** The learned tensor that it is. */
  readonly parameter?: Parameter;
}

export interface Parameter {
  /** Of the initializer. */
  readonly name: string;
  /** In ONNX's layout. */
  readonly shape: Shape;
  readonly values: Float32Array;
  /** ONNX's axes in the order in which the operation wants them. */
  readonly order?: readonly number[];
}

export type Operand = TensorValue | HostValue;

export function constant(tensor: HostTensor): HostValue {
  return { kind: 'host', sources: [], evaluate: () => tensor };
}

export function learned(parameter: Parameter): HostValue {
  const { shape, values } = parameter;
  return {
    kind: 'host',
    sources: [],
    evaluate: () => ({ type: 'float', shape, data: [...values] }),
    parameter,
  };
}

/** Learned tensors are for the engine, but a single number may as well be an exponent or a bound. */
export function isNumbers(operand: Operand): operand is HostValue {
  return (
    operand.kind === 'host' && (operand.parameter === undefined || operand.parameter.values.length === 1)
  );
}

/** At the nominal size, for one of the numbers of images for which the graph is tried out. */
export function shapeOf(operand: Operand, trial = 0): Shape {
  if (operand.kind === 'tensor') return operand.shapes[trial]!;
  return operand.parameter?.shape ?? hostAt(operand, trial).shape;
}

export function hostAt(value: HostValue, trial = 0): HostTensor {
  return value.evaluate(value.sources.map(({ shapes }) => shapes[trial]!));
}

export function rankOf(operand: Operand): number {
  return shapeOf(operand).length;
}

/** The shape in ONNX's order of what the engine holds in `layout`. */
export function onnxShape(engineShape: Shape, layout: Layout): Shape {
  const order = orderOf[layout](engineShape.length);
  return engineShape.map((_, axis) => engineShape[order.indexOf(axis)]!);
}

/** The inverse of `onnxShape`. */
export function engineShape(shape: Shape, layout: Layout): Shape {
  return orderOf[layout](shape.length).map((axis) => shape[axis]!);
}

/** Where the engine keeps an axis of ONNX; negative axes count from the end. */
export function engineAxis({ layout, shapes }: TensorValue, axis: number): number {
  const rank = shapes[0]!.length;
  return orderOf[layout](rank).indexOf(normalAxis(axis, rank));
}

/** @throws Error */
export function normalAxis(axis: number, rank: number): number {
  const normal = axis < 0 ? axis + rank : axis;
  if (!(Number.isInteger(axis) && normal >= 0 && normal < rank)) {
    throw new Error(`a value of rank ${rank} has no axis ${axis}`);
  }
  return normal;
}
