import type { NodeProps } from '@xyflow/react';
import type { InputNode as InputNodeType } from './flow-elements.ts';
import { Ties } from './node-card.tsx';

export function InputNode({ data: { entry } }: NodeProps<InputNodeType>) {
  return (
    <div className="flex size-full flex-col items-center justify-center rounded-full border border-dashed border-line-strong bg-sunken">
      <span className="font-mono text-xs font-semibold">{entry.label}</span>
      <span className="text-[0.6875rem] text-muted">input</span>
      <Ties into={false} />
    </div>
  );
}
