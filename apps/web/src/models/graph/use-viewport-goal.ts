import { useReactFlow, useStore } from '@xyflow/react';
import { useLayoutEffect, useRef, type RefObject } from 'react';
import { isInSight, viewportFor, type Scene, type ViewportGoal } from './viewport-goal.ts';

/** Milliseconds of the way to a node that is shown. */
const TRAVEL = 250;

/**
 * Brings the view to its goal as soon as all of the graph has its place.
 * @param scene null while the layout of what is to be seen is not known
 */
export function useViewportGoal(
  goalRef: RefObject<ViewportGoal | null>,
  scene: Scene | null,
): { fit: () => void; bringIntoSight: (id: string) => void } {
  const { getViewport, setViewport } = useReactFlow();
  const width = useStore((store) => store.width);
  const height = useStore((store) => store.height);
  const wasSet = useRef(false);

  const go = (to: ViewportGoal) => {
    const viewport = viewportFor(to, scene!, { width, height }, getViewport());
    if (viewport)
      void setViewport(viewport, { duration: to.type === 'show' && wasSet.current ? travel() : 0 });
    wasSet.current = true;
  };

  // Whatever made the graph or the choice change has set the goal before.
  useLayoutEffect(() => {
    if (!goalRef.current || !scene) return;
    go(goalRef.current);
    goalRef.current = null;
  });

  const bringIntoSight = (id: string) => {
    const box = scene?.boxes.get(id);
    if (box && !isInSight(box, { width, height }, getViewport())) go({ type: 'show', id });
  };
  return { fit: () => scene && go({ type: 'fit' }), bringIntoSight };
}

const travel = () => (matchMedia('(prefers-reduced-motion: reduce)').matches ? 0 : TRAVEL);
