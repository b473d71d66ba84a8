/** The linearised network: the same weights and hook points, with a linear operation in place of each other one. */
import {
  hookedModel,
  inOrder,
  networkFrom,
  type HookedModel,
  type Node,
  type Operation,
} from '@fovea/models';
import { tf } from '@fovea/tensor';
import { averagePool } from '../gradient/smoothed-max-pool.ts';
import { rolesOf, type Role } from './linear-operations.ts';
import { WeightsError } from './weights-error.ts';

export interface Linearization {
  /**
   * By what layer norms divide, by the names of their hook points `.scale`; default 1 each: weights then are those to
   * the normalised values, and the true ones differ by one positive factor per position.
   */
  readonly layerNormScales?: Readonly<Record<string, number>>;
  /**
   * What attention moves between positions depends on what they hold, and has no weights. Default: a WeightsError
   * where it lies on the way; with true it is left out, and the ways past it remain.
   */
  readonly leaveOutAttention?: boolean;
}

/**
 * Shares the weights of `model`, which must not be disposed of before; the result is not to be disposed of. Its values
 * are affine functions of each other: biases stay, so a weight is a gradient, or a response less that to zeros. A run
 * throws WeightsError where it meets an operation that has no linear form.
 */
export function linearizedModel(model: HookedModel, linearization: Linearization = {}): HookedModel {
  const { network } = model;
  const order = inOrder(network.outputNodes, ({ inputs, detour }) =>
    detour ? [detour.node, ...inputs] : inputs,
  );
  const roles = rolesOf(order);
  const names = readersOfScales(order);
  const copies = new Map<Node, Node>(network.inputNodes.map((node) => [node, node]));
  const copyOf = (node: Node): Node => copies.get(node)!;
  for (const node of order) {
    if (copies.has(node)) continue;
    const { detour } = node;
    copies.set(node, {
      ...node,
      operation: {
        ...node.operation,
        compute: linearCompute(node, roles.get(node)!, names.get(node), linearization),
      },
      inputs: node.inputs.map(copyOf),
      ...(detour && { detour: { ...detour, node: copyOf(detour.node) } }),
    });
  }
  const linear = networkFrom(network.inputs, network.inputNodes, network.outputNodes.map(copyOf));
  return hookedModel({ ...model, digest: `${model.digest} linearised` }, linear, model.weights, model.naming);
}

/** The hook points by which layer norms are told apart, by the nodes that they show. */
function readersOfScales(order: readonly Node[]): ReadonlyMap<Node, string> {
  return new Map(order.flatMap(({ hook, inputs }) => (hook ? [[inputs[0]!, hook.name] as const] : [])));
}

type Compute = Operation['compute'];

export function constant(shape: number[], value: number): tf.Tensor {
  return tf.ones(shape).mul(value);
}

function linearCompute(
  node: Node,
  role: Role,
  name: string | undefined,
  { layerNormScales = {}, leaveOutAttention = false }: Linearization,
): Compute {
  const { operation } = node;
  switch (role) {
    case 'linear':
    case 'constant':
      return (inputs, context) => operation.compute(inputs, context);
    case 'identity':
      return ([x]) => x!.clone();
    case 'average':
      return averaging(node);
    case 'one':
      return (inputs, context) => tf.onesLike(operation.compute(inputs, context));
    case 'scale':
      return ([x]) => constant([...x!.shape.slice(0, -1), 1], layerNormScales[name ?? ''] ?? 1);
    case 'norm':
      return ([x], context) => x!.mul(gainAtZero(operation, x!.shape.at(-1)!, context));
    case 'attention':
      if (!leaveOutAttention) break;
      return (inputs, context) => tf.zerosLike(operation.compute(inputs, context));
    case 'nonlinear':
  }
  return () => refuse(node, name);
}

/** A maximum over windows in the form that methods may override; a maximum over something else stays refused. */
function averaging(node: Node): Compute {
  return (inputs, context) => {
    let averaged = false;
    const maxPool: typeof averagePool = (...pool) => {
      averaged = true;
      return averagePool(...pool);
    };
    const nonlinearities = { ...context.nonlinearities, maxPool };
    const result = node.operation.compute(inputs, { ...context, nonlinearities });
    return averaged ? result : refuse(node);
  };
}

/** Small enough that its squares vanish beside one. */
const nearZero = 1e-6;

/** By what a norm over channels multiplies values that are nearly zero: [1, 1, 1, channels]. */
export function gainAtZero(
  operation: Operation,
  channels: number,
  context: Parameters<Compute>[1],
): tf.Tensor {
  return operation.compute([constant([1, 1, 1, channels], nearZero)], context).div(nearZero);
}

/** @param name of the hook point that shows its value */
export function refuse({ operation }: Node, name?: string): never {
  const place = name ? ` (${name})` : '';
  throw new WeightsError(
    'NOT_LINEAR',
    `"${operation.kind}"${place} lies between the two layers and has no linear form: choose layers with ` +
      'convolutions, linear maps, normalisations, pools, sums and rectifiers between them' +
      (operation.kind === 'z' || operation.kind === 'softmax' || operation.kind === 'scores'
        ? ', or leave attention out'
        : ''),
  );
}
