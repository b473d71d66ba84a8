import { Handle, Position, type Node, type NodeProps } from '@xyflow/react';
import { Picture } from '../runs/picture.tsx';
import { classNames } from '../ui/class-names.ts';
import type { DrawnUnit } from './drawing.ts';

export type UnitNodeType = Node<{ unit: DrawnUnit }, 'unit'>;

export function UnitNode({ data: { unit }, selected }: NodeProps<UnitNodeType>) {
  const { layer, channel, label, chosen, thumbnail } = unit;
  return (
    <div
      title={`${layer}:${channel}`}
      className={classNames(
        'flex size-full flex-col items-center rounded-md border bg-surface p-1 hover:border-accent',
        chosen && 'border-2 border-ink',
        selected && 'ring-2 ring-accent',
      )}
    >
      <Handle type="target" position={Position.Top} isConnectable={false} className="opacity-0" />
      <Picture url={thumbnail ?? undefined} alt="" className="size-[92px] shrink-0 rounded-sm" />
      <span className="mt-px w-full truncate text-center font-mono text-[0.5625rem] leading-3 text-muted">
        {layer}
      </span>
      <span className="w-full truncate text-center font-mono text-[0.625rem] leading-3">
        {label ?? channel}
      </span>
      <Handle type="source" position={Position.Bottom} isConnectable={false} className="opacity-0" />
    </div>
  );
}
