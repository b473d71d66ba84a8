import { useMemo, useState, type KeyboardEvent } from 'react';
import { keyboardStep, stopsOf } from './keyboard.ts';
import type { VisibleGraph } from './visible-graph.ts';

interface GraphKeyboard {
  /** The node that Tab stops at. */
  readonly activeId: string | null;
  /** The node that takes the focus as soon as it is drawn. */
  readonly focusId: string | null;
  readonly standOn: (id: string) => void;
  readonly onFocus: (id: string) => void;
  readonly onKeyDown: (event: KeyboardEvent) => void;
}

interface GraphKeyboardOptions {
  graph: VisibleGraph;
  /** Where it begins; null for the first node. */
  selectedId: string | null;
  onToggle: (id: string) => void;
  bringIntoSight: (id: string) => void;
}

export function useGraphKeyboard(options: GraphKeyboardOptions): GraphKeyboard {
  const { graph, selectedId, onToggle, bringIntoSight } = options;
  const [lastId, setLastId] = useState<string | null>(null);
  const [focusId, setFocusId] = useState<string | null>(null);
  const stops = useMemo(() => stopsOf(graph), [graph]);
  const isStop = (id: string | null) => stops.some((stop) => stop.id === id);
  const activeId = [lastId, selectedId].find(isStop) ?? stops[0]?.id ?? null;

  function standOn(id: string) {
    setLastId(id);
    setFocusId(id);
  }

  function onFocus(id: string) {
    setLastId(id);
    setFocusId(null);
  }

  function onKeyDown(event: KeyboardEvent) {
    if (!activeId || !(event.target as HTMLElement).closest('.react-flow__node')) return;
    const step = keyboardStep(event.key, activeId, stops);
    if (!step) return;
    event.preventDefault();
    if (step.type === 'toggle') {
      onToggle(step.id);
      return;
    }
    standOn(step.id);
    bringIntoSight(step.id);
  }

  return { activeId, focusId, standOn, onFocus, onKeyDown };
}
