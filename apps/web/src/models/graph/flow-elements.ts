/** A laid-out graph as React Flow takes it. */
import type { Edge, Node } from '@xyflow/react';
import type { Block, InputEntry, LayerEntry } from './hierarchy.ts';
import type { Box, Point } from './layout.ts';
import type { LaidOutGraph } from './use-layout.ts';
import type { Scene } from './viewport-goal.ts';
import type { VisibleNode } from './visible-graph.ts';

export type LayerNode = Node<{ entry: LayerEntry }, 'layer'>;
export type InputNode = Node<{ entry: InputEntry }, 'networkInput'>;
export type BlockNode = Node<{ entry: Block; isOpen: boolean }, 'block'>;
export type GraphNode = LayerNode | InputNode | BlockNode;
export type GraphEdge = Edge<{ corners: readonly Point[] }, 'routed'>;

/** Edges lie above the open blocks that they cross and below everything that they lead to. */
const EDGE_LEVEL = 100;
const NODE_LEVEL = 200;

/** Blocks before what they hold. */
export function flowNodes({ graph, layout }: LaidOutGraph): GraphNode[] {
  const nodes: GraphNode[] = [];
  const add = ({ entry, children }: VisibleNode, parentId: string | undefined, depth: number) => {
    const box = layout.boxes.get(entry.id)!;
    nodes.push({
      ...placed(box),
      id: entry.id,
      // React Flow has a look of its own for what is called an input.
      type: entry.type === 'input' ? 'networkInput' : entry.type,
      data: entry.type === 'block' ? { entry, isOpen: children !== undefined } : { entry },
      parentId,
      zIndex: children ? depth : NODE_LEVEL,
    } as GraphNode);
    for (const child of children ?? []) add(child, entry.id, depth + 1);
  };
  for (const node of graph.nodes) add(node, undefined, 0);
  return nodes;
}

const placed = ({ x, y, width, height }: Box) => ({ position: { x, y }, width, height });

export const flowEdges = ({ graph, layout }: LaidOutGraph): GraphEdge[] =>
  graph.edges.map(({ id, source, target }) => ({
    id,
    type: 'routed',
    source,
    target,
    data: { corners: layout.routes.get(id)! },
    zIndex: EDGE_LEVEL,
  }));

/** Where each node stands on the whole canvas. */
export function sceneOf({ graph, layout }: LaidOutGraph): Scene {
  const boxes = new Map<string, Box>();
  const add = ({ entry, children }: VisibleNode, origin: Point) => {
    const box = layout.boxes.get(entry.id)!;
    const absolute = { ...box, x: box.x + origin.x, y: box.y + origin.y };
    boxes.set(entry.id, absolute);
    for (const child of children ?? []) add(child, absolute);
  };
  for (const node of graph.nodes) add(node, { x: 0, y: 0 });
  return { width: layout.width, height: layout.height, boxes };
}
