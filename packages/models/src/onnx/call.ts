/** One node of an ONNX graph, as its operator sees it: inputs, attributes, and a place to draw. */
import { ModelError } from '../errors.ts';
import { hostTensorOf } from './constants.ts';
import type { Definition, Drawing } from './drawing.ts';
import type { HostTensor } from './host-tensor.ts';
import { OnnxNodeError, UnsupportedOperatorError } from './onnx-errors.ts';
import type { OnnxNode } from './onnx-graph.ts';
import { hostAt, type HostValue, type Operand, type TensorValue } from './operand.ts';
import type { TensorProto } from './schema.ts';

export interface Call {
  readonly node: OnnxNode;
  readonly opset: number;
  /** The number of images for which the file was exported, if it was for one. */
  readonly fixedBatch?: number;
  /** Undefined for optional inputs that are left out. */
  readonly operands: readonly (Operand | undefined)[];
  /** @throws UnsupportedOperatorError where it is left out */
  operand(index: number): Operand;
  /** An input that must be known before any image is. */
  host(index: number): HostValue | undefined;
  /** An input that must be the same whatever the image's size. */
  constant(index: number): HostTensor | undefined;
  int(name: string, otherwise: number): number;
  ints(name: string): readonly number[] | undefined;
  float(name: string, otherwise: number): number;
  text(name: string, otherwise: string): string;
  /** A tensor that is written into the node itself. */
  constantAttribute(name: string): HostTensor | undefined;
  /** @param definition of which `kind` defaults to the operator's name, in the spelling of hook points */
  define(definition: Omit<Definition, 'kind'> & { readonly kind?: string }): TensorValue;
  readonly plain: Drawing['plain'];
  readonly channelsLast: Drawing['channelsLast'];
  /** @throws UnsupportedOperatorError always */
  refuse(reason: string): never;
}

export type Operator = (call: Call) => Operand | readonly Operand[];

export type Operators = Readonly<Record<string, Operator>>;

export function callOf(
  { node, opset, fixedBatch, operands }: Pick<Call, 'node' | 'opset' | 'fixedBatch' | 'operands'>,
  drawing: Drawing,
): Call {
  const refuse = (reason: string): never => {
    throw new UnsupportedOperatorError(node.operator, opset, node.name, reason);
  };
  const attribute = <Value>(name: string, is: (value: unknown) => value is Value): Value | undefined => {
    const value = node.attributes.get(name);
    if (value === undefined) return undefined;
    return is(value) ? value : refuse(`its attribute ${name} has another type than it should have`);
  };
  const host = (index: number): HostValue | undefined => {
    const operand = operands[index];
    if (operand?.kind === 'tensor') refuse(`its input ${index + 1} depends on the image`);
    return operand as HostValue | undefined;
  };
  return {
    node,
    opset,
    fixedBatch,
    operands,
    operand: (index) => operands[index] ?? refuse(`it has no input ${index + 1}`),
    host,
    constant(index) {
      const value = host(index);
      if (value && value.sources.length > 0)
        refuse(`its input ${index + 1} depends on the size of the image`);
      return value && hostAt(value);
    },
    int: (name, otherwise) => attribute(name, isNumber) ?? otherwise,
    ints: (name) => attribute(name, isNumbers),
    float: (name, otherwise) => attribute(name, isNumber) ?? otherwise,
    text: (name, otherwise) => attribute(name, isText) ?? otherwise,
    constantAttribute(name) {
      const proto = attribute(name, isTensorProto);
      return proto && hostTensorOf(node.name, proto);
    },
    define(definition) {
      return drawing.define({
        ...definition,
        kind: definition.kind ?? snakeCase(node.operator),
        compute: guarded(node, definition.compute),
      });
    },
    plain: drawing.plain,
    channelsLast: drawing.channelsLast,
    refuse,
  };
}

/** An error of the engine does not say at which node it came up. */
export function guarded<Arguments extends readonly unknown[], Result>(
  node: OnnxNode,
  compute: (...args: Arguments) => Result,
): (...args: Arguments) => Result {
  return (...args) => {
    try {
      return compute(...args);
    } catch (error) {
      throw nodeError(node, error);
    }
  };
}

export function nodeError({ operator, name, inputs }: OnnxNode, error: unknown): ModelError {
  if (error instanceof ModelError) return error;
  return new OnnxNodeError(operator, name, inputs, (error as Error).message, { cause: error });
}

/** `BatchNormalization` → `batch_normalization`. */
function snakeCase(operator: string): string {
  return operator.replaceAll(/(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])/g, '_').toLowerCase();
}

function isNumber(value: unknown): value is number {
  return typeof value === 'number';
}

function isText(value: unknown): value is string {
  return typeof value === 'string';
}

function isNumbers(value: unknown): value is readonly number[] {
  return Array.isArray(value) && value.every(isNumber);
}

function isTensorProto(value: unknown): value is TensorProto {
  return typeof value === 'object' && !Array.isArray(value);
}
