/** A variant of an architecture as a graph: what it reads, what it expects of a checkpoint, its hook points. */
import type { Variant } from './architecture.ts';
import { inOrder, inputNode, type Node, type TensorSpec } from './graph.ts';
import type { HookPoint, InputSpec } from './hooked-model.ts';
import { receptiveField } from './receptive-field.ts';

export interface Network {
  /** The main input first. */
  readonly inputs: readonly InputSpec[];
  /** Nodes of the inputs, in the same order. */
  readonly inputNodes: readonly Node[];
  /** Nodes on which no other depends, that of the output last. */
  readonly outputNodes: readonly Node[];
  /** The hook point with which it ends: the logits, or the last layer of a truncated network. */
  readonly output: string;
  /** Nodes of the hook points by name, in the order in which they are computed. */
  readonly hooks: ReadonlyMap<string, Node>;
  readonly hookPoints: readonly HookPoint[];
  /** Whether it only reads images of the nominal size. */
  readonly fixedSize: boolean;
  /** What a checkpoint must hold. */
  readonly tensors: readonly TensorSpec[];
  /** Learned values in all. */
  readonly parameters: number;
}

/** Draws the network once; no weights are needed for it. */
export function networkOf(variant: Variant): Network {
  const inputs = [mainInput(variant), ...(variant.otherInputs ?? [])];
  const inputNodes = inputs.map(inputNode);
  const [main, ...others] = inputNodes;
  const othersByName = Object.fromEntries(others.map((node, index) => [inputs[index + 1]!.name, node]));
  return networkFrom(inputs, inputNodes, [variant.forward(main!, othersByName)].flat());
}

/** @param outputs what nothing else depends on; the network's own output last */
export function networkFrom(
  inputs: readonly InputSpec[],
  inputNodes: readonly Node[],
  outputs: readonly Node[],
): Network {
  const order = inOrder(outputs, ({ inputs, detour }) => (detour ? [detour.node, ...inputs] : inputs));
  const hooks = new Map<string, Node>();
  for (const node of order) {
    if (!node.hook) continue;
    if (hooks.has(node.hook.name)) throw new Error(`Two hook points are called ${node.hook.name}`);
    hooks.set(node.hook.name, node);
  }
  const tensors = distinct(order.flatMap((node) => node.operation.tensors ?? []));
  const names = new Map(inputNodes.map((node, index) => [node, inputs[index]!.name]));
  const hookPoints = describeHooks([...hooks.values()], names);
  return {
    inputs,
    inputNodes,
    outputNodes: outputs,
    output: outputs.at(-1)!.hook?.name ?? hookPoints.at(-1)!.name,
    hooks,
    hookPoints,
    fixedSize: order.some((node) => node.operation.fixedSize),
    tensors,
    parameters: tensors.reduce((sum, tensor) => sum + count(tensor), 0),
  };
}

/** What a checkpoint must hold for these hook points to be computed. */
export function tensorsFor({ hooks }: Network, names: readonly string[]): TensorSpec[] {
  return distinct(
    inOrder(names.map((name) => hooks.get(name)!)).flatMap((node) => node.operation.tensors ?? []),
  );
}

/** The names of the inputs on which a hook point depends. */
export function inputsFor({ hooks, inputs, inputNodes }: Network, name: string): string[] {
  const needed = new Set(inOrder([hooks.get(name)!]));
  return inputs.map(({ name }) => name).filter((_, index) => needed.has(inputNodes[index]!));
}

function mainInput({ mainInput: main = 'image', preprocessing }: Variant): InputSpec {
  if (typeof main === 'object') return main;
  const { height, width, mean } = preprocessing;
  return {
    name: main,
    shape: [height, width, mean.length],
    axes: ['height', 'width', 'channel'],
    dtype: 'float32',
  };
}

/** A tensor that two operations share is one tensor. */
function distinct(tensors: readonly TensorSpec[]): TensorSpec[] {
  return [...new Map(tensors.map((tensor) => [tensor.name, tensor])).values()];
}

function describeHooks(nodes: readonly Node[], inputNames: ReadonlyMap<Node, string>): HookPoint[] {
  const counted = new Set<string>();
  return nodes.map((node) => {
    const between = since(node, inputNames);
    return {
      name: node.hook!.name,
      kind: node.hook!.kind,
      shape: node.shape,
      axes: node.axes,
      channels: node.shape.at(-1) ?? 1,
      receptiveField: node.field && receptiveField(node.field),
      parameters: parametersOf(between.nodes, counted),
      sources: [...between.sources],
    };
  });
}

/** The nodes between a hook point and the ones before it, and the names of those. */
function since(
  hookNode: Node,
  inputNames: ReadonlyMap<Node, string>,
): { nodes: Set<Node>; sources: Set<string> } {
  const nodes = new Set<Node>();
  const sources = new Set<string>();
  const visit = (node: Node): void => {
    const name = node.hook?.name ?? inputNames.get(node);
    if (name !== undefined) {
      sources.add(name);
      return;
    }
    if (nodes.has(node)) return;
    nodes.add(node);
    (node.detour ? [node.detour.node] : node.inputs).forEach(visit);
  };
  hookNode.inputs.forEach(visit);
  return { nodes, sources };
}

/** Each tensor is counted once, where it is first used. */
function parametersOf(nodes: ReadonlySet<Node>, counted: Set<string>): number {
  let sum = 0;
  for (const node of nodes) {
    for (const tensor of node.operation.tensors ?? []) {
      if (counted.has(tensor.name)) continue;
      counted.add(tensor.name);
      sum += count(tensor);
    }
  }
  return sum;
}

function count({ shape }: TensorSpec): number {
  return shape.reduce((product, length) => product * length, 1);
}
