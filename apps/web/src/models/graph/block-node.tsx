import type { NodeProps } from '@xyflow/react';
import { ChevronDown, ChevronRight } from 'lucide-react';
import { formatInteger } from '../../format/number.ts';
import { classNames } from '../../ui/class-names.ts';
import type { BlockNode as BlockNodeType } from './flow-elements.ts';
import { useGraphState } from './graph-state.ts';
import { layersIn, type Block } from './hierarchy.ts';
import { HEADER_HEIGHT } from './layout.ts';
import { foundLook, NodeCard, notFoundLook, Ties } from './node-card.tsx';
import { useNodeFocus } from './use-node-focus.ts';

export function BlockNode({ id, data: { entry, isOpen } }: NodeProps<BlockNodeType>) {
  return isOpen ? (
    <OpenBlock id={id} block={entry} />
  ) : (
    <>
      <ClosedBlock id={id} block={entry} />
      <Ties />
    </>
  );
}

interface BlockProps {
  id: string;
  block: Block;
}

function OpenBlock({ id, block }: BlockProps) {
  const { onToggle } = useGraphState();
  const focus = useNodeFocus(id);
  return (
    <div className="size-full rounded-lg border border-line-strong/70 bg-sunken/60">
      <button
        type="button"
        {...focus}
        aria-expanded
        title={block.path}
        onClick={() => onToggle(id)}
        style={{ height: HEADER_HEIGHT }}
        className="pointer-events-auto flex w-full items-center gap-2 rounded-t-lg px-3 text-left hover:bg-sunken"
      >
        <ChevronDown aria-hidden className="size-3.5 text-muted" />
        <span className="min-w-0 truncate font-mono text-xs font-semibold">{block.label}</span>
        <span className="shrink-0 text-[0.6875rem] text-muted">{layerCount(block)}</span>
      </button>
    </div>
  );
}

/** Looks like a stack of cards, the last of which is what the block gives out. */
function ClosedBlock({ id, block }: BlockProps) {
  const { selected, found, canSelect, onSelect, onToggle } = useGraphState();
  const focus = useNodeFocus(id);
  const layers = layersIn([block]);
  const holdsSelected = layers.some(({ name }) => name === selected);
  const holdsFound = layers.some(({ name }) => found?.has(name));

  function open() {
    onToggle(id);
    // A block of the same name as a layer stands for it.
    if (block.output.name === block.path && canSelect(block.output)) onSelect(block.output, id);
  }

  return (
    <button
      type="button"
      {...focus}
      aria-expanded={false}
      title={block.path}
      onClick={open}
      className={classNames(
        'pointer-events-auto flex size-full flex-col justify-between rounded-md border border-l-3 border-line-strong/60 bg-surface px-2.5 py-2 text-left hover:border-accent',
        'shadow-[4px_4px_0_-1px_var(--surface),4px_4px_0_0_var(--line-strong)]',
        block.parameters > 0 && 'border-l-accent',
        found && (holdsFound ? foundLook : notFoundLook),
        holdsSelected && 'border-accent bg-accent-soft',
      )}
    >
      <NodeCard
        label={block.label}
        aside={
          <>
            {layerCount(block)}
            <ChevronRight aria-hidden className="size-3.5" />
          </>
        }
        layer={block.output}
        parameters={block.parameters}
      />
    </button>
  );
}

const layerCount = ({ layerCount: count }: Block) => `${formatInteger(count)} layers`;
