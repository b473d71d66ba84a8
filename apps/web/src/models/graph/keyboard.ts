/** How the keyboard goes through a graph: as through a tree of its blocks, in the order of computation. */
import type { VisibleGraph, VisibleNode } from './visible-graph.ts';

export type KeyboardStep =
  { readonly type: 'move'; readonly id: string } | { readonly type: 'toggle'; readonly id: string };

interface Stop {
  readonly id: string;
  /** The open block around it. */
  readonly parent: string | null;
  readonly block: 'open' | 'closed' | null;
}

/** Inputs are read, not operated. */
export function stopsOf({ nodes }: Pick<VisibleGraph, 'nodes'>): Stop[] {
  const stopsIn = ({ entry, children }: VisibleNode, parent: string | null): Stop[] => {
    if (entry.type === 'input') return [];
    const block = entry.type === 'layer' ? null : children ? 'open' : 'closed';
    const inside = (children ?? []).flatMap((child) => stopsIn(child, entry.id));
    return [{ id: entry.id, parent, block }, ...inside];
  };
  return nodes.flatMap((node) => stopsIn(node, null));
}

/** Up and down go on; right opens a block or enters it; left closes it or leaves the one around. */
export function keyboardStep(key: string, activeId: string, stops: readonly Stop[]): KeyboardStep | null {
  const index = stops.findIndex(({ id }) => id === activeId);
  const stop = stops[index];
  if (!stop) return null;
  const move = (to: Stop | undefined): KeyboardStep | null => (to ? { type: 'move', id: to.id } : null);
  const toggle: KeyboardStep = { type: 'toggle', id: stop.id };
  switch (key) {
    case 'ArrowDown':
      return move(stops[index + 1]);
    case 'ArrowUp':
      return move(stops[index - 1]);
    case 'ArrowRight':
      return stop.block === 'closed' ? toggle : move(stops[index + 1]);
    case 'ArrowLeft':
      if (stop.block === 'open') return toggle;
      return stop.parent === null ? null : { type: 'move', id: stop.parent };
    case 'Home':
      return move(stops[0]);
    case 'End':
      return move(stops.at(-1));
    default:
      return null;
  }
}
