/**
 * Which nodes of a network read which. Detours are left out: whichever way a run takes, the same weights give the
 * same values.
 */
import { inOrder, type ChannelMap, type Node, type TensorSpec } from '../graph.ts';
import type { Network } from '../network.ts';

export interface Readers {
  /** In the order in which they are computed. */
  readonly nodes: readonly Node[];
  /** Empty for what nothing else depends on. */
  of(node: Node): readonly Node[];
  /** Whether more than one node reads a tensor: a change for one would change the other. */
  isShared(tensor: TensorSpec): boolean;
}

export function readersIn({ outputNodes }: Network): Readers {
  const nodes = inOrder(outputNodes);
  const readers = new Map<Node, Node[]>(nodes.map((node) => [node, []]));
  const uses = new Map<string, number>();
  for (const node of nodes) {
    for (const input of new Set(node.inputs)) readers.get(input)!.push(node);
    for (const { name } of node.operation.tensors ?? []) uses.set(name, (uses.get(name) ?? 0) + 1);
  }
  return {
    nodes,
    of: (node) => readers.get(node)!,
    isShared: ({ name }) => uses.get(name)! > 1,
  };
}

/** Hook points and changes of shape hand on what they are given. */
function handsOn({ hook, operation }: Node): boolean {
  return hook !== undefined || operation.reshapes === true;
}

/** Whose values these are: `node` itself, or what it hands on. */
export function origin(node: Node): Node {
  return handsOn(node) ? origin(node.inputs[0]!) : node;
}

/** As `origin`, where nothing but `node` reads what lies on the way; undefined otherwise. */
export function originOfOne(readers: Readers, node: Node): Node | undefined {
  if (readers.of(node).length > 1) return undefined;
  return handsOn(node) ? originOfOne(readers, node.inputs[0]!) : node;
}

/** Who uses the values of a node, however they reach them unchanged. */
export function users(readers: Readers, node: Node): Node[] {
  return readers.of(node).flatMap((reader) => (handsOn(reader) ? users(readers, reader) : [reader]));
}

/** The linear map that a node is, if no other node has its tensors. */
export function ownMap(readers: Readers, node: Node | undefined): ChannelMap | undefined {
  const map = node?.operation.map;
  if (!map || readers.isShared(map.weight) || (map.bias && readers.isShared(map.bias))) return undefined;
  return map;
}
