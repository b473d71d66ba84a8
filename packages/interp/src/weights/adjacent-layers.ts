/**
 * The layers that a network is spoken of by, and their neighbours: `mixed3b` before `mixed4a`, whatever bottlenecks,
 * rectifiers and pools lie between.
 */
import { inOrder, type HookedModel, type Node } from '@fovea/models';

export interface AdjacentLayers {
  /** The layer from which this one's units are built, or the network's input; null before the first. */
  readonly before: string | null;
  /** The layer that is built from this one's units; null after the last. */
  readonly after: string | null;
}

/**
 * The named layers of a network, in order. One for each stretch between two learned maps through which everything
 * passes on its way from the input to the output: the last rectifier, sum or concatenation of the stretch, or what it
 * holds if it has none of these.
 */
export function principalLayers({ network }: Pick<HookedModel, 'network'>): string[] {
  const input = network.inputNodes[0]!;
  const order = wayFrom(input, network.hooks.get(network.output)!);
  const inner = innerNames([...network.hooks.keys()]);
  const stretches: Node[][] = [[]];
  for (const node of passed(order)) {
    if (isMixing(node)) stretches.push([]);
    else if (node.hook && !inner.has(node.hook.name)) stretches.at(-1)!.push(node);
  }
  return stretches.flatMap((stretch) => chosen(stretch) ?? []);
}

/**
 * The named layers next to any layer with a learned map between. Of one inside a block, those before and after the map.
 * @throws UnknownLayerError
 */
export function adjacentLayers(
  model: Pick<HookedModel, 'network' | 'hookPoint'>,
  layer: string,
): AdjacentLayers {
  const { network } = model;
  const node = network.hooks.get(model.hookPoint(layer).name)!;
  const candidates = [
    { name: network.inputs[0]!.name, node: network.inputNodes[0]! },
    ...principalLayers(model).map((name) => ({ name, node: network.hooks.get(name)! })),
  ];
  const before = candidates.findLast((candidate) => mapsBetween(candidate.node, node));
  const after = candidates.find((candidate) => mapsBetween(node, candidate.node));
  return { before: before?.name ?? null, after: after?.name ?? null };
}

/** A map that gives each channel a part of others: what makes units of others. */
function isMixing({ operation }: Node): boolean {
  return operation.map !== undefined || mixingKinds.has(operation.kind);
}

const mixingKinds: ReadonlySet<string> = new Set(['conv', 'conv_transpose', 'linear', 'gemm']);

/** The nodes on the ways from one to another, in order; empty if there is none. */
function wayFrom(from: Node, to: Node): Node[] {
  const dependent = new Set([from]);
  for (const node of inOrder([to]))
    if (node.inputs.some((input) => dependent.has(input))) dependent.add(node);
  return dependent.has(to) ? inOrder([to]).filter((node) => dependent.has(node)) : [];
}

function mapsBetween(from: Node, to: Node): boolean {
  return from !== to && wayFrom(from, to).some((node) => node !== from && !node.hook && isMixing(node));
}

/**
 * What every way through `order` passes, and the learned maps on the way, those of branches included: a node is
 * passed by all if nothing before it is read by anything after it.
 */
function passed(order: readonly Node[]): Node[] {
  const places = new Map(order.map((node, place) => [node, place]));
  const lastReader = new Map<Node, number>();
  for (const [place, { inputs }] of order.entries()) for (const input of inputs) lastReader.set(input, place);
  let open = 0;
  return order.filter((node) => {
    const isPassed = open <= places.get(node)!;
    open = Math.max(open, lastReader.get(node) ?? 0);
    return (isPassed && node.hook !== undefined) || (!node.hook && isMixing(node));
  });
}

/** `layer1.0.add` belongs to `layer1.0`, `mixed3a_pre_relu` to `mixed3a`. */
function innerNames(names: readonly string[]): Set<string> {
  const known = new Set(names);
  const prefixes = (name: string) => [...name.matchAll(/[._]/g)].map(({ index }) => name.slice(0, index));
  return new Set(names.filter((name) => prefixes(name).some((prefix) => known.has(prefix))));
}

const joiningKinds: ReadonlySet<string> = new Set(['add', 'concat', 'relu', 'gelu', 'silu']);

/** Of hook points that follow each other with no learned map between, the one that the stretch is known by. */
function chosen(stretch: readonly Node[]): string | undefined {
  // A second name for the same value adds nothing.
  const values = stretch.filter(({ inputs }) => !inputs[0]!.hook);
  const joining = values.findLast(({ inputs }) => joiningKinds.has(inputs[0]!.operation.kind));
  const rest = values.findLast(({ inputs }) => !/pool/.test(inputs[0]!.operation.kind));
  return (joining ?? rest ?? values.at(-1))?.hook!.name;
}
