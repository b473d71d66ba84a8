import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { hierarchyOf, type Hierarchy } from './hierarchy.ts';
import { layerNamed, layersNamed, networks, orderlyNetworks } from './testing/networks.ts';
import { standInOf, visibleGraph, type VisibleGraph, type VisibleNode } from './visible-graph.ts';

const blocksOf = ({ blocksAround }: Hierarchy) => [...new Set([...blocksAround.values()].flat())];

/** A network with any of its blocks open. */
const views = (source: typeof networks) =>
  source
    .map(hierarchyOf)
    .chain((hierarchy) =>
      fc.subarray(blocksOf(hierarchy)).map((open) => ({ hierarchy, open: new Set(open) })),
    );

/** What edges may end at: all but the open blocks. */
function ends(nodes: readonly VisibleNode[]): string[] {
  return nodes.flatMap(({ entry, children }) => (children ? ends(children) : [entry.id]));
}

function hasCycle({ edges }: VisibleGraph): boolean {
  const left = new Set(edges);
  for (;;) {
    const targets = new Set([...left].map(({ target }) => target));
    const free = [...left].filter(({ source }) => !targets.has(source));
    if (free.length === 0) return left.size > 0;
    for (const edge of free) left.delete(edge);
  }
}

describe('the visible graph', () => {
  const branching = hierarchyOf([
    layerNamed('stem'),
    layerNamed('mixed.a', { ordinal: 1, sources: ['stem'] }),
    layerNamed('mixed.b', { ordinal: 2, sources: ['stem'] }),
    layerNamed('mixed', { ordinal: 3, sources: ['mixed.a', 'mixed.b'] }),
  ]);

  it('draws one edge for all that lead into a closed block', () => {
    const { edges } = visibleGraph(branching, new Set());
    expect(edges.map(({ id }) => id)).toEqual(['input:image → layer:stem', 'layer:stem → block:mixed']);
  });

  it('leads edges to the hook points of an open block', () => {
    const { edges } = visibleGraph(branching, new Set(['block:mixed']));
    expect(edges.map(({ id }) => id)).toEqual([
      'input:image → layer:stem',
      'layer:stem → layer:mixed.a',
      'layer:stem → layer:mixed.b',
      'layer:mixed.a → layer:mixed',
      'layer:mixed.b → layer:mixed',
    ]);
  });

  it('shows nothing of what is open inside of a closed block', () => {
    const hierarchy = hierarchyOf(layersNamed('a.b.c', 'a.b.d', 'a.e', 'f'));
    expect(visibleGraph(hierarchy, new Set(['block:a.b']))).toEqual(visibleGraph(hierarchy, new Set()));
  });

  it('loses no connection and ends every edge at something seen', () => {
    fc.assert(
      fc.property(views(networks), ({ hierarchy, open }) => {
        const graph = visibleGraph(hierarchy, open);
        const seen = new Set(ends(graph.nodes));
        const edges = new Set(graph.edges.map(({ id }) => id));
        for (const { source, target } of graph.edges) {
          expect(seen).toContain(source);
          expect(seen).toContain(target);
        }
        for (const { name, sources } of hierarchy.layers) {
          const target = standInOf(hierarchy, open, name);
          expect(seen).toContain(target);
          for (const source of sources.map((from) => standInOf(hierarchy, open, from)))
            expect(source === target || edges.has(`${source} → ${target}`)).toBe(true);
        }
      }),
    );
  });

  it('has no cycle where each block is computed from beginning to end', () => {
    fc.assert(
      fc.property(views(orderlyNetworks), ({ hierarchy, open }) => {
        expect(hasCycle(visibleGraph(hierarchy, open))).toBe(false);
      }),
    );
  });
});
