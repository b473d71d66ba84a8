/** One evaluation of a network: just what the wanted values depend on, each value kept while it is needed. */
import { tf } from '@fovea/tensor';
import { InputShapeError, MissingInputError, UnknownLayerError } from './errors.ts';
import { inOrder, isAsked, type Node, type RunContext, type Weights } from './graph.ts';
import type { Axis, InputSpec, RunInput, RunOptions } from './hooked-model.ts';
import type { Network } from './network.ts';
import { defaultNonlinearities } from './nonlinearities.ts';

/**
 * Evaluates the nodes on which `until` depends (default: the output) and returns its values by name, each a tensor of
 * its own.
 * A pure function of weights, inputs and what the hooks do; other tensors are freed as soon as nothing that is
 * still to be computed needs them.
 * @throws UnknownLayerError, MissingInputError, InputShapeError, InputTooSmallError
 */
export function runNetwork(
  network: Network,
  weights: Weights,
  input: RunInput,
  options: RunOptions = {},
): Record<string, tf.Tensor> {
  const { until = [network.output], from = {}, hook, gradientHook, nonlinearities } = options;
  const context: RunContext = {
    weights,
    hook,
    gradientHook,
    nonlinearities: { ...defaultNonlinearities, ...nonlinearities },
  };
  const given = givenValues(network, from);
  const inputsOf = sources(given, options, until);
  const targets = until.map((name) => hookNode(network, name));
  const order = inOrder(targets, inputsOf);
  const entering = enteringValues(network, input, order);

  return tf.tidy(() => {
    const values = new Values(order, inputsOf, targets);
    for (const node of order) {
      const outside = given.get(node) ?? entering.get(node);
      if (outside) {
        values.add(node, outside, 'borrowed');
        continue;
      }
      const sources = inputsOf(node);
      const inputs = sources.map((source) => values.get(source));
      if (sources !== node.inputs) values.add(node, inputs[0]!, 'borrowed');
      // What a hook makes lives as long as the run; what an operation makes on its way goes at once.
      else if (node.hook) values.add(node, node.operation.compute(inputs, context), 'borrowed');
      else
        values.add(
          node,
          tf.tidy(() => node.operation.compute(inputs, context)),
          'made',
        );
      values.release(sources);
    }
    return Object.fromEntries(until.map((name, index) => [name, values.own(targets[index]!)]));
  });
}

/** From what a node is computed in this run: nothing if it is given, the detour if that is asked for. */
function sources(
  given: ReadonlyMap<Node, tf.Tensor>,
  { hook, gradientHook, from = {} }: RunOptions,
  until: readonly string[],
): (node: Node) => readonly Node[] {
  const named = new Set([...until, ...Object.keys(from)]);
  const wanted = (name: string) => named.has(name) || isAsked(hook, name) || isAsked(gradientHook, name);
  const detours = new Map<Node, readonly Node[]>();
  return (node) => {
    if (given.has(node)) return [];
    if (!node.detour) return node.inputs;
    const known = detours.get(node);
    if (known) return known;
    const chosen = [...node.detour.hooks].some(wanted) ? [node.detour.node] : node.inputs;
    detours.set(node, chosen);
    return chosen;
  };
}

/** The values of a run, each for as long as something that is still to be computed depends on it. */
class Values {
  readonly #values = new Map<Node, tf.Tensor>();
  /** How often each node's value is still to be read. */
  readonly #reads = new Map<Node, number>();
  /** How many nodes hold a tensor: a hook that changes nothing hands on the tensor that it was given. */
  readonly #holders = new Map<tf.Tensor, number>();
  /** Tensors that this run made and nobody else may be holding. */
  readonly #made = new Set<tf.Tensor>();

  constructor(order: readonly Node[], inputsOf: (node: Node) => readonly Node[], targets: readonly Node[]) {
    for (const node of [...order.flatMap(inputsOf), ...targets]) {
      this.#reads.set(node, (this.#reads.get(node) ?? 0) + 1);
    }
  }

  get(node: Node): tf.Tensor {
    return this.#values.get(node)!;
  }

  /** As a tensor that is nobody else's: hook points that follow each other may hold one, or one from outside. */
  own(node: Node): tf.Tensor {
    const value = this.get(node);
    const isOwn = this.#made.has(value) && this.#holders.get(value) === 1;
    return isOwn ? value : value.clone();
  }

  add(node: Node, value: tf.Tensor, ownership: 'made' | 'borrowed'): void {
    this.#values.set(node, value);
    const holders = this.#holders.get(value) ?? 0;
    this.#holders.set(value, holders + 1);
    if (ownership === 'made' && holders === 0) this.#made.add(value);
  }

  /** Has each of `nodes` read once; frees what was read for the last time. */
  release(nodes: readonly Node[]): void {
    for (const node of nodes) {
      const reads = this.#reads.get(node)! - 1;
      this.#reads.set(node, reads);
      if (reads === 0) this.#drop(node);
    }
  }

  #drop(node: Node): void {
    const value = this.get(node);
    this.#values.delete(node);
    const holders = this.#holders.get(value)! - 1;
    this.#holders.set(value, holders);
    if (holders === 0 && this.#made.delete(value)) value.dispose();
  }
}

/** The inputs that a run depends on. */
function enteringValues(
  network: Network,
  input: RunInput,
  order: readonly Node[],
): ReadonlyMap<Node, tf.Tensor> {
  const byName: Readonly<Record<string, tf.Tensor>> =
    input instanceof tf.Tensor ? { [network.inputs[0]!.name]: input } : input;
  const needed = new Set(order);
  const entering = new Map<Node, tf.Tensor>();
  network.inputs.forEach((spec, index) => {
    const node = network.inputNodes[index]!;
    if (!needed.has(node)) return;
    const value = byName[spec.name];
    if (!value) throw new MissingInputError(spec, Object.keys(byName));
    checkShape(spec, value.shape, network.fixedSize);
    entering.set(node, value);
  });
  return entering;
}

/** The values from which a run goes on, by the nodes whose they are. */
function givenValues(
  network: Network,
  from: Readonly<Record<string, tf.Tensor>>,
): ReadonlyMap<Node, tf.Tensor> {
  return new Map(
    Object.entries(from).map(([name, value]) => {
      const node = hookNode(network, name);
      checkShape({ name, shape: node.shape, axes: node.axes }, value.shape, network.fixedSize);
      return [node, value];
    }),
  );
}

/** The number of positions may differ from the nominal one, and so may height and width unless they are fixed. */
function checkShape(spec: Omit<InputSpec, 'dtype'>, given: readonly number[], fixedSize: boolean): void {
  const fixed = (axis: Axis) =>
    axis === 'channel' || axis === 'head' || (fixedSize && (axis === 'height' || axis === 'width'));
  const fits =
    given.length === spec.shape.length + 1 &&
    spec.axes.every((axis, index) => !fixed(axis) || given[index + 1] === spec.shape[index]);
  if (!fits) throw new InputShapeError(spec, given);
}

function hookNode(network: Network, name: string): Node {
  const node = network.hooks.get(name);
  if (!node) throw new UnknownLayerError('The network', name, [...network.hooks.keys()]);
  return node;
}
