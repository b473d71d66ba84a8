import type { Layer } from '@fovea/client';
import { Handle, Position } from '@xyflow/react';
import type { ReactNode } from 'react';
import { formatCompact, formatInteger, formatValue } from '../../format/number.ts';

/** The name and what stands at its right, above the facts of a layer. */
interface NodeCardProps {
  label: string;
  aside: ReactNode;
  layer: Layer;
  parameters: number;
}

export function NodeCard({ label, aside, layer, parameters }: NodeCardProps) {
  const { shape, axes, receptiveField } = layer;
  return (
    <>
      <span className="flex w-full items-center gap-2">
        <span className="min-w-0 flex-1 truncate font-mono text-xs font-semibold">{label}</span>
        <span className="flex shrink-0 items-center gap-1 text-[0.6875rem] text-muted">{aside}</span>
      </span>
      <span className="flex gap-3">
        {shape.map((length, index) => (
          // oxlint-disable-next-line react/no-array-index-key -- an axis is its place
          <span key={index} className="flex flex-col leading-none">
            <span className="text-xs">{formatInteger(length)}</span>
            <span className="mt-0.5 text-[0.625rem] text-muted">{axes[index]}</span>
          </span>
        ))}
      </span>
      <span className="flex w-full justify-between text-[0.6875rem] leading-none text-muted">
        <span>{receptiveField ? `field ${formatValue(receptiveField.size)} px` : ''}</span>
        <span>{parameters > 0 ? `${formatCompact(parameters)} parameters` : ''}</span>
      </span>
    </>
  );
}

/** What a search finds, and what it passes over. */
export const foundLook = 'ring-2 ring-warn';
export const notFoundLook = 'border-line border-l-line bg-canvas text-muted shadow-none';

/** Where React Flow ties edges to a node; nobody draws edges by hand here. */
export function Ties({ into = true, out = true }: { into?: boolean; out?: boolean }) {
  return (
    <>
      {into && <Handle type="target" position={Position.Top} isConnectable={false} className="opacity-0" />}
      {out && <Handle type="source" position={Position.Bottom} isConnectable={false} className="opacity-0" />}
    </>
  );
}
