import type { NodeProps } from '@xyflow/react';
import { classNames } from '../../ui/class-names.ts';
import type { LayerNode as LayerNodeType } from './flow-elements.ts';
import { useGraphState } from './graph-state.ts';
import { foundLook, NodeCard, notFoundLook, Ties } from './node-card.tsx';
import { useNodeFocus } from './use-node-focus.ts';

export function LayerNode({ id, data: { entry } }: NodeProps<LayerNodeType>) {
  const { layer, label } = entry;
  const { selected, found, canSelect, onSelect } = useGraphState();
  const focus = useNodeFocus(id);
  const isSelected = selected === layer.name;
  const isFound = found?.has(layer.name) ?? false;
  return (
    <>
      <button
        type="button"
        {...focus}
        title={layer.name}
        aria-pressed={isSelected}
        aria-disabled={!canSelect(layer)}
        onClick={() => canSelect(layer) && onSelect(layer, id)}
        className={classNames(
          'pointer-events-auto flex size-full flex-col justify-between rounded-md border border-l-3 border-line-strong/60 bg-surface px-2.5 py-2 text-left hover:border-accent',
          layer.parameters > 0 && 'border-l-accent',
          found && (isFound ? foundLook : notFoundLook),
          isSelected && 'border-accent bg-accent-soft ring-2 ring-accent',
          !canSelect(layer) && 'opacity-45',
        )}
      >
        <NodeCard label={label} aside={layer.kind} layer={layer} parameters={layer.parameters} />
      </button>
      <Ties />
    </>
  );
}
