/** What is seen of a network when some of its blocks are open: each edge ends at what stands for its hook point. */
import { inputId, layerId, type Entry, type Hierarchy } from './hierarchy.ts';

export interface VisibleNode {
  readonly entry: Entry;
  /** What an open block holds. */
  readonly children?: readonly VisibleNode[];
}

export interface VisibleEdge {
  readonly id: string;
  /** Of a hook point, an input or a closed block. */
  readonly source: string;
  readonly target: string;
}

export interface VisibleGraph {
  readonly nodes: readonly VisibleNode[];
  readonly edges: readonly VisibleEdge[];
}

/** @param open the ids of the open blocks; those inside of closed ones do not matter */
export function visibleGraph(hierarchy: Hierarchy, open: ReadonlySet<string>): VisibleGraph {
  return {
    nodes: [
      ...hierarchy.inputs.map((entry) => ({ entry })),
      ...hierarchy.entries.map((entry) => visibleNode(entry, open)),
    ],
    edges: visibleEdges(hierarchy, open),
  };
}

function visibleNode(entry: Entry, open: ReadonlySet<string>): VisibleNode {
  return entry.type === 'block' && open.has(entry.id)
    ? { entry, children: entry.entries.map((child) => visibleNode(child, open)) }
    : { entry };
}

function visibleEdges(hierarchy: Hierarchy, open: ReadonlySet<string>): VisibleEdge[] {
  const edges = new Map<string, VisibleEdge>();
  for (const { name, sources } of hierarchy.layers) {
    const target = standInOf(hierarchy, open, name);
    for (const sourceName of sources) {
      const source = standInOf(hierarchy, open, sourceName);
      const id = `${source} → ${target}`;
      if (source !== target) edges.set(id, { id, source, target });
    }
  }
  return [...edges.values()];
}

/** The node that stands for a hook point or an input: its own, or the outermost closed block around it. */
export function standInOf({ blocksAround }: Hierarchy, open: ReadonlySet<string>, name: string): string {
  const blocks = blocksAround.get(name);
  return blocks ? (blocks.find((block) => !open.has(block)) ?? layerId(name)) : inputId(name);
}
