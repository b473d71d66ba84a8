/** Where the view goes when the graph or the choice changes. */
import { getViewportForBounds, type Viewport } from '@xyflow/react';
import type { Box } from './layout.ts';

export type ViewportGoal =
  /** All of the graph. */
  | { readonly type: 'fit' }
  /** A node in the middle. */
  | { readonly type: 'show'; readonly id: string }
  /** A node that stays under the pointer, while others make place around it. */
  | { readonly type: 'hold'; readonly id: string; readonly from: Box };

interface Size {
  readonly width: number;
  readonly height: number;
}

/** What there is to see. */
export interface Scene extends Size {
  /** Absolute, by node. */
  readonly boxes: ReadonlyMap<string, Box>;
}

export const MIN_ZOOM = 0.02;
export const MAX_ZOOM = 2;
/** At which names can be read. */
const READING_ZOOM = 0.8;
/** Share of the canvas around a graph that fills it. */
const MARGIN = 0.05;

/** Null where what is to be seen is not there. */
export function viewportFor(
  goal: ViewportGoal,
  scene: Scene,
  canvas: Size,
  { x, y, zoom }: Viewport,
): Viewport | null {
  if (goal.type === 'fit')
    return getViewportForBounds({ x: 0, y: 0, ...scene }, canvas.width, canvas.height, MIN_ZOOM, 1, MARGIN);
  const box = scene.boxes.get(goal.id);
  if (!box) return null;
  if (goal.type === 'hold')
    return { x: x - (box.x - goal.from.x) * zoom, y: y - (box.y - goal.from.y) * zoom, zoom };
  const closer = Math.max(zoom, READING_ZOOM);
  return {
    x: canvas.width / 2 - (box.x + box.width / 2) * closer,
    y: canvas.height / 2 - (box.y + box.height / 2) * closer,
    zoom: closer,
  };
}

/** Whether a node is seen, at least in its upper left corner, where its name stands. */
export const isInSight = ({ x, y }: Box, { width, height }: Size, viewport: Viewport): boolean => {
  const left = x * viewport.zoom + viewport.x;
  const top = y * viewport.zoom + viewport.y;
  return left >= 0 && top >= 0 && left < width - 40 && top < height - 40;
};
