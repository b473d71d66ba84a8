import { useEffect, useRef } from 'react';
import { useGraphState } from './graph-state.ts';

/** One stop of the keyboard for the whole graph: the node that it stands on, which takes the focus when asked to. */
export function useNodeFocus(id: string) {
  const { activeId, focusId, onFocus } = useGraphState();
  const ref = useRef<HTMLButtonElement>(null);
  const isWanted = focusId === id;
  useEffect(() => {
    if (isWanted) ref.current?.focus({ preventScroll: true });
  }, [isWanted]);
  return { ref, tabIndex: activeId === id ? 0 : -1, onFocus: () => onFocus(id) };
}
