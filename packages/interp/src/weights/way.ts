/** What lies between two layers: nodes, and the ways through them that residual sums join. */
import { inOrder, type HookedModel, type HookPoint, type Node } from '@fovea/models';
import { WeightsError } from './weights-error.ts';

/** Between two hook points, or the input of the network and one. */
export interface Way {
  readonly from: LayerNode;
  readonly to: LayerNode;
}

export interface LayerNode {
  readonly name: string;
  readonly node: Node;
}

/** @throws UnknownLayerError, WeightsError where the layers have no channels or do not depend on each other */
export function wayBetween(model: HookedModel, from: string, to: string): Way {
  const way = { from: layerNode(model, from), to: layerNode(model, to) };
  if (way.from.node === way.to.node || !inOrder([way.to.node]).includes(way.from.node))
    throw new WeightsError(
      'NOT_CONNECTED',
      `${way.to.name} of ${model.name} is not computed from ${way.from.name}: weights lead from a layer to a later one`,
    );
  return way;
}

function layerNode(model: HookedModel, name: string): LayerNode {
  const { network } = model;
  const [input] = model.inputs;
  if (name === input!.name) return { name, node: network.inputNodes[0]! };
  const point = model.hookPoint(name);
  checkChannels(point);
  return { name: point.name, node: network.hooks.get(point.name)! };
}

function checkChannels({ name, axes }: HookPoint): void {
  if (axes.at(-1) === 'channel' && !axes.includes('head')) return;
  throw new WeightsError(
    'NO_CHANNELS',
    `${name} counts ${axes.join(', ')}: weights lie between layers of channels, by position or for the whole ` +
      'picture. What heads read and write is told by their QK and OV circuits',
  );
}

/** A range of the channels of a layer that one branch of the network computes. */
export interface Branch {
  /** The hook point of the branch, or of the whole layer where it has no branches. */
  readonly name: string;
  readonly start: number;
  readonly count: number;
  readonly node: Node;
}

/** The branches that a layer joins, in the order of its channels. */
export function branchesOf({ name, node }: LayerNode): Branch[] {
  const joined = behindPointwise(node);
  const count = node.shape.at(-1)!;
  if (joined?.operation.kind !== 'concat' || joined.inputs.length < 2)
    return [{ name, start: 0, count, node }];
  let start = 0;
  return joined.inputs.map((input, index) => {
    const branch = {
      name: nearestHook(input) ?? `${name}.${index}`,
      start,
      count: input.shape.at(-1)!,
      node: input,
    };
    start += branch.count;
    return branch;
  });
}

const pointwiseKinds: ReadonlySet<string> = new Set(['relu', 'gelu', 'silu', 'concat']);

/** The concatenation whose values a layer shows, perhaps after a rectifier. */
function behindPointwise(node: Node): Node | undefined {
  if (!node.hook && node.operation.kind === 'concat') return node;
  const handsOn = node.hook !== undefined || pointwiseKinds.has(node.operation.kind);
  return handsOn && node.inputs.length === 1 ? behindPointwise(node.inputs[0]!) : undefined;
}

/** The hook point that a value comes through last. */
export function nearestHook(node: Node): string | undefined {
  return node.hook?.name ?? (node.inputs[0] && nearestHook(node.inputs[0]));
}

/** One of the ways that add up to all: through one term of each sum that joins some. */
export interface Path {
  /** The hook points of the chosen terms, in the order in which they are computed. */
  readonly name: string;
  readonly terms: ReadonlyMap<Node, Node>;
}

/** More would be a list that nobody reads. */
const mostPaths = 64;

/**
 * The paths from one layer to another that residual sums join; a single one, named for the target, where none does.
 * @throws WeightsError where there are more than 64
 */
export function pathsOf({ from, to }: Way): Path[] {
  const dependent = new Set<Node>();
  const found = new Map<Node, readonly ReadonlyMap<Node, Node>[]>();
  for (const node of inOrder([to.node])) {
    const inputs = node.inputs.filter((input) => dependent.has(input));
    if (node !== from.node && inputs.length === 0) continue;
    dependent.add(node);
    found.set(node, node === from.node ? [new Map()] : pathsTo(node, inputs, found));
    if (found.get(node)!.length > mostPaths)
      throw new WeightsError(
        'TOO_MANY_PATHS',
        `More than ${mostPaths} paths lead from ${from.name} to ${to.name}: choose layers nearer to each other`,
      );
  }
  return found.get(to.node)!.map((terms) => ({
    terms,
    name: [...terms.values()].map((term) => nearestHook(term) ?? from.name).join(' → ') || to.name,
  }));
}

function pathsTo(
  node: Node,
  inputs: readonly Node[],
  found: ReadonlyMap<Node, readonly ReadonlyMap<Node, Node>[]>,
): ReadonlyMap<Node, Node>[] {
  const isSum = node.operation.kind === 'add' && !node.hook && inputs.length > 1;
  if (isSum)
    return inputs.flatMap((input) => found.get(input)!.map((path) => new Map([...path, [node, input]])));
  // What is not a sum needs all of its inputs: each of its paths is one of each of theirs.
  return inputs.reduce<ReadonlyMap<Node, Node>[]>(
    (joined, input) =>
      joined.flatMap((path) =>
        found
          .get(input)!
          .filter((other) => [...other].every(([sum, term]) => (path.get(sum) ?? term) === term))
          .map((other) => new Map([...path, ...other])),
      ),
    [new Map()],
  );
}
