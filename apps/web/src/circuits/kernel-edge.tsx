import { EdgeLabelRenderer, type Edge, type EdgeProps } from '@xyflow/react';
import { formatValue } from '../format/number.ts';
import { INHIBITS_DASH, tipOf } from './circuit-svg.ts';
import { edgeWidth, kernelCells, type DrawnEdge } from './drawing.ts';
import { TILE } from './layout.ts';

export type KernelEdgeType = Edge<{ edge: DrawnEdge; isDimmed: boolean }, 'kernel'>;

/** A line as thick as the weights are strong, with the weights themselves on it. */
export function KernelEdge({ data }: EdgeProps<KernelEdgeType>) {
  const { edge, isDimmed } = data!;
  const { path, inhibits } = edge;
  return (
    <>
      <g className={inhibits ? 'text-inhibits' : 'text-excites'} opacity={isDimmed ? 0.15 : 0.8}>
        <path
          d={path}
          fill="none"
          stroke="currentColor"
          strokeWidth={edgeWidth(edge)}
          strokeDasharray={inhibits ? INHIBITS_DASH : undefined}
        />
        <path
          d={tipOf(edge)}
          fill={inhibits ? 'none' : 'currentColor'}
          stroke="currentColor"
          strokeWidth={2}
        />
      </g>
      <EdgeLabelRenderer>
        <KernelTile edge={edge} isDimmed={isDimmed} />
      </EdgeLabelRenderer>
    </>
  );
}

function KernelTile({ edge, isDimmed }: { edge: DrawnEdge; isDimmed: boolean }) {
  const { tile, kernel, largest, key, l2, sum } = edge;
  const half = TILE / 2;
  return (
    <svg
      role="img"
      aria-label={`${key}: ‖w‖ ${formatValue(l2)}, Σ ${formatValue(sum)}`}
      viewBox={`${-half} ${-half} ${TILE} ${TILE}`}
      shapeRendering="crispEdges"
      className="nodrag nopan absolute rounded-[2px] border border-line-strong bg-white"
      style={{
        width: TILE,
        height: TILE,
        opacity: isDimmed ? 0.25 : 1,
        transform: `translate(-50%, -50%) translate(${tile.x}px, ${tile.y}px)`,
      }}
    >
      <title>{`${key}\n‖w‖ ${formatValue(l2)}, Σ ${formatValue(sum)}`}</title>
      {kernelCells(kernel, largest).map((cell, index) => (
        // oxlint-disable-next-line react/no-array-index-key -- a cell is its place
        <rect key={index} {...cell} />
      ))}
    </svg>
  );
}
