/**
 * A graph of tfjs kernels, as a trace records them: which kernel, with which inputs and attributes, gives tensors
 * of which shape and type. It holds no values but those of constants.
 */

export type DType = 'float32' | 'int32' | 'bool';

/** bool as 0 and 1. */
export type Values = Float32Array | Int32Array | Uint8Array;

export interface TensorType {
  readonly shape: readonly number[];
  readonly dtype: DType;
}

/** One tensor of the graph: an output of a node. */
export interface Value extends TensorType {
  readonly node: Node;
  /** Which of the node's outputs it is. */
  readonly output: number;
}

export type Attributes = Readonly<Record<string, unknown>>;

export type Node = InputNode | ConstantNode | KernelNode;

export interface InputNode {
  readonly kind: 'input';
  readonly name: string;
  readonly outputs: readonly Value[];
}

export interface ConstantNode {
  readonly kind: 'constant';
  /** A single number stands for a tensor of which every element is that number. */
  readonly values: Values | number;
  readonly outputs: readonly Value[];
}

export interface KernelNode {
  readonly kind: 'kernel';
  /** As tfjs names it, such as `Conv2D`. */
  readonly kernel: string;
  /** By the names that tfjs gives them; lists by their index. */
  readonly inputs: Readonly<Record<string, Value>>;
  readonly attributes: Attributes;
  readonly outputs: readonly Value[];
}

export interface Graph {
  readonly inputs: readonly Value[];
  readonly outputs: Readonly<Record<string, Value>>;
}

export function sizeOf(shape: readonly number[]): number {
  return shape.reduce((product, length) => product * length, 1);
}

export function isSameShape(a: readonly number[], b: readonly number[]): boolean {
  return a.length === b.length && a.every((length, axis) => length === b[axis]);
}

export function inputValue(name: string, type: TensorType): Value {
  const outputs: Value[] = [];
  const node: InputNode = { kind: 'input', name, outputs };
  outputs.push({ ...type, node, output: 0 });
  return outputs[0]!;
}

export function constantValue(values: Values | number, type: TensorType): Value {
  const outputs: Value[] = [];
  const node: ConstantNode = { kind: 'constant', values: uniform(values) ?? values, outputs };
  outputs.push({ ...type, node, output: 0 });
  return outputs[0]!;
}

export function kernelNode(
  kernel: string,
  inputs: Readonly<Record<string, Value>>,
  attributes: Attributes,
  types: readonly TensorType[],
): KernelNode {
  const outputs: Value[] = [];
  const node: KernelNode = { kind: 'kernel', kernel, inputs, attributes, outputs };
  outputs.push(...types.map((type, output) => ({ ...type, node, output })));
  return node;
}

/** The number that every element of a constant is, if there is one. */
export function uniformOf({ node }: Value): number | undefined {
  return node.kind === 'constant' && typeof node.values === 'number' ? node.values : undefined;
}

/** All elements of a constant; undefined for other values. */
export function constantValues({ node, shape, dtype }: Value): Values | undefined {
  if (node.kind !== 'constant') return undefined;
  if (typeof node.values !== 'number') return node.values;
  return valuesOf(dtype, sizeOf(shape)).fill(node.values);
}

export function valuesOf(dtype: DType, size: number): Values {
  if (dtype === 'float32') return new Float32Array(size);
  return dtype === 'int32' ? new Int32Array(size) : new Uint8Array(size);
}

/** Every node that the outputs need, each after those that it reads. */
export function nodesInOrder(outputs: Iterable<Value>): Node[] {
  const order = new Set<Node>();
  const entered = new Set<Node>();
  const stack = [...outputs].map(({ node }) => node).toReversed();
  // Without recursion: a long network is deeper than the call stack.
  while (stack.length > 0) {
    const node = stack.at(-1)!;
    const missing = entered.has(node) ? [] : inputsOf(node).filter((input) => !order.has(input.node));
    entered.add(node);
    if (missing.length > 0) stack.push(...missing.map((input) => input.node).toReversed());
    else order.add(stack.pop()!);
  }
  return [...order];
}

export function inputsOf(node: Node): Value[] {
  return node.kind === 'kernel' ? Object.values(node.inputs) : [];
}

function uniform(values: Values | number): number | undefined {
  if (typeof values === 'number') return values;
  const first = values[0];
  // Object.is, so that −0 stays apart from 0.
  return first !== undefined && values.every((value) => Object.is(value, first)) ? first : undefined;
}
