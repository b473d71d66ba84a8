import type { EdgeProps } from '@xyflow/react';
import { classNames } from '../../ui/class-names.ts';
import type { GraphEdge } from './flow-elements.ts';
import { useGraphState } from './graph-state.ts';
import { roundedPath } from './rounded-path.ts';

/** Along the corners that the layout chose, with the tip of an arrow at the end. */
export function RoutedEdge({ source, target, data }: EdgeProps<GraphEdge>) {
  const { selectedId } = useGraphState();
  const isLit = source === selectedId || target === selectedId;
  const { corners } = data!;
  const { x, y } = corners.at(-1)!;
  return (
    <g className={classNames(isLit ? 'text-accent' : 'text-line-strong')}>
      <path
        d={roundedPath(corners)}
        fill="none"
        stroke="currentColor"
        strokeWidth={isLit ? 2 : 1.25}
        className="react-flow__edge-path"
      />
      <path d={`M${x - 4} ${y - 7}L${x} ${y}L${x + 4} ${y - 7}Z`} fill="currentColor" />
    </g>
  );
}
