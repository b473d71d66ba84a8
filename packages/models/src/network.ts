/** A variant of an architecture as a graph: what it expects of a checkpoint, its hook points, and its run. */
import { tf } from '@fovea/tensor';
import type { Variant } from './architecture.ts';
import { UnknownLayerError } from './errors.ts';
import { inOrder, inputNode, type Node, type RunContext, type TensorSpec, type Weights } from './graph.ts';
import type { HookPoint, RunOptions } from './hooked-model.ts';
import { defaultNonlinearities } from './nonlinearities.ts';
import { receptiveField } from './receptive-field.ts';

export interface Network {
  readonly input: Node;
  /** The last hook point: the logits, or where a truncated network ends. */
  readonly output: string;
  /** Nodes of the hook points by name, in the order in which they are computed. */
  readonly hooks: ReadonlyMap<string, Node>;
  readonly hookPoints: readonly HookPoint[];
  /** What a checkpoint must hold. */
  readonly tensors: readonly TensorSpec[];
  /** Learned values in all. */
  readonly parameters: number;
}

/** Draws the network once; no weights are needed for it. */
export function networkOf(variant: Variant): Network {
  const { height, width } = variant.preprocessing;
  const input = inputNode([height, width, 3]);
  const order = inOrder([variant.forward(input)]);
  const hooks = new Map<string, Node>();
  for (const node of order) {
    if (!node.hook) continue;
    if (hooks.has(node.hook.name)) throw new Error(`Two hook points are called ${node.hook.name}`);
    hooks.set(node.hook.name, node);
  }
  const tensors = order.flatMap((node) => node.operation.tensors ?? []);
  const hookPoints = describeHooks([...hooks.values()]);
  return {
    input,
    output: hookPoints.at(-1)!.name,
    hooks,
    hookPoints,
    tensors,
    parameters: tensors.reduce((sum, tensor) => sum + count(tensor), 0),
  };
}

/**
 * Evaluates the nodes on which `until` depends (default: the output) and returns its values by name.
 * A pure function of weights, input and what the hooks do; tensors other than those returned are freed.
 * @param input preprocessed, [batch, height, width, 3]
 * @throws UnknownLayerError, InputTooSmallError
 */
export function runNetwork(
  network: Network,
  weights: Weights,
  input: tf.Tensor4D,
  { until = [network.output], hook, nonlinearities }: RunOptions = {},
): Record<string, tf.Tensor> {
  const context: RunContext = {
    weights,
    hook,
    nonlinearities: { ...defaultNonlinearities, ...nonlinearities },
  };
  const targets = until.map((name) => hookNode(network, name));
  return tf.tidy(() => {
    const values = new Map<Node, tf.Tensor>([[network.input, input]]);
    for (const node of inOrder(targets)) {
      if (values.has(node)) continue;
      const inputs = node.inputs.map((source) => values.get(source)!);
      values.set(node, node.operation.compute(inputs, context));
    }
    return Object.fromEntries(until.map((name, index) => [name, values.get(targets[index]!)!]));
  });
}

function hookNode(network: Network, name: string): Node {
  const node = network.hooks.get(name);
  if (!node) throw new UnknownLayerError('The network', name, [...network.hooks.keys()]);
  return node;
}

function describeHooks(nodes: readonly Node[]): HookPoint[] {
  const counted = new Set<Node>();
  return nodes.map((node) => ({
    name: node.hook!.name,
    kind: node.hook!.kind,
    shape: node.shape,
    channels: node.shape.at(-1)!,
    receptiveField: node.field && receptiveField(node.field),
    parameters: parametersBefore(node, counted),
  }));
}

/** Learned values that lie between a node and the hook points before it, each counted once. */
function parametersBefore(node: Node, counted: Set<Node>): number {
  return node.inputs.reduce((sum, source) => {
    if (source.hook || counted.has(source)) return sum;
    counted.add(source);
    const own = (source.operation.tensors ?? []).reduce((total, tensor) => total + count(tensor), 0);
    return sum + own + parametersBefore(source, counted);
  }, 0);
}

function count(tensor: TensorSpec): number {
  return tensor.shape.reduce((product, length) => product * length, 1);
}
