import type { Layer } from '@fovea/client';
import { createContext, use } from 'react';

/** What the nodes of a graph share. */
export interface GraphState {
  /** The node that the keyboard stands on: the only one that Tab stops at. */
  activeId: string | null;
  /** Takes the focus as soon as it is drawn. */
  focusId: string | null;
  /** Name of the chosen layer. */
  selected: string | null;
  /** The node that stands for the chosen layer: its own, or the closed block around it. */
  selectedId: string | null;
  /** Layers that a search finds; null while nothing is searched for. */
  found: ReadonlySet<string> | null;
  canSelect: (layer: Layer) => boolean;
  onSelect: (layer: Layer, nodeId: string) => void;
  onToggle: (blockId: string) => void;
  onFocus: (nodeId: string) => void;
}

const Context = createContext<GraphState | null>(null);

export const GraphStateProvider = Context.Provider;

export function useGraphState(): GraphState {
  const state = use(Context);
  if (!state) throw new Error('A node stands outside of a graph');
  return state;
}
