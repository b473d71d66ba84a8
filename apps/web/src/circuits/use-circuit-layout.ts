import { useEffect, useState } from 'react';
import { layOut } from '../models/graph/elk.ts';
import type { Circuit, ShownEdge } from './circuit.ts';
import { fromElk, toElk, type CircuitLayout } from './layout.ts';

export interface LayoutState {
  /** Of the newest circuit whose layout is known. */
  readonly layout: CircuitLayout | null;
  readonly error: Error | null;
}

/** Anew whenever units or shown edges come or go; units that somebody moved stay where they are. */
export function useCircuitLayout(circuit: Circuit, edges: readonly ShownEdge[]): LayoutState {
  const [state, setState] = useState<LayoutState>({ layout: null, error: null });
  const graph = toElk(circuit, edges);
  // What ELK reads is all that the layout depends on: moving a unit changes none of it.
  const description = JSON.stringify(graph);
  useEffect(() => {
    let isCurrent = true;
    layOut(JSON.parse(description) as typeof graph).then(
      (laidOut) => isCurrent && setState({ layout: fromElk(laidOut), error: null }),
      (error: Error) => isCurrent && setState(({ layout }) => ({ layout, error })),
    );
    return () => {
      isCurrent = false;
    };
  }, [description]);
  return state;
}
