import type { ElkNode } from 'elkjs/lib/elk-api.js';
import { useEffect, useState } from 'react';
import { layOut } from './elk.ts';
import { fold } from './fold.ts';
import { fromElk, toElk, type Layout } from './layout.ts';
import type { VisibleGraph } from './visible-graph.ts';

export interface LaidOutGraph {
  readonly graph: VisibleGraph;
  readonly layout: Layout;
}

export interface LayoutState {
  /** The newest graph whose layout is known. */
  readonly laidOut: LaidOutGraph | null;
  readonly error: Error | null;
}

/** @param aspectRatio width over height of the canvas; null while that is unknown */
export function useLayout(graph: VisibleGraph, aspectRatio: number | null): LayoutState {
  const [state, setState] = useState<LayoutState>({ laidOut: null, error: null });
  useEffect(() => {
    if (aspectRatio === null) return undefined;
    let isCurrent = true;
    layOut(toElk(graph)).then(
      (elkGraph) =>
        isCurrent &&
        setState({ laidOut: { graph, layout: folded(graph, elkGraph, aspectRatio) }, error: null }),
      (error: Error) => isCurrent && setState(({ laidOut }) => ({ laidOut, error })),
    );
    return () => {
      isCurrent = false;
    };
  }, [graph, aspectRatio]);
  return state;
}

const folded = ({ nodes }: VisibleGraph, elkGraph: ElkNode, aspectRatio: number): Layout =>
  fold(
    fromElk(elkGraph),
    nodes.map(({ entry }) => entry.id),
    aspectRatio,
  );
