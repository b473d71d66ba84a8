'use client';
import type { Layer } from '@fovea/client';
import { ReactFlowProvider } from '@xyflow/react';
import { ChevronsDownUp, ChevronsUpDown } from 'lucide-react';
import { useLayoutEffect, useMemo, useRef, useState } from 'react';
import { formatInteger } from '../../format/number.ts';
import { Button } from '../../ui/button.tsx';
import { classNames } from '../../ui/class-names.ts';
import { GraphCanvas } from './graph-canvas.tsx';
import { GraphSearch } from './graph-search.tsx';
import { hierarchyOf, layerId, type Hierarchy } from './hierarchy.ts';
import type { ViewportGoal } from './viewport-goal.ts';

export interface ModelGraphProps {
  layers: readonly Layer[];
  /** Name of a layer. */
  selected: string | null;
  onSelect: (layer: Layer) => void;
  /** Default: every layer. */
  canSelect?: (layer: Layer) => boolean;
  className?: string;
}

const everyLayer = () => true;

/** A network as the graph of its blocks, which open down to the hook points. */
export function ModelGraph({
  layers,
  selected,
  onSelect,
  canSelect = everyLayer,
  className,
}: ModelGraphProps) {
  const hierarchy = useMemo(() => hierarchyOf(layers), [layers]);
  const { open, setOpen, toggle } = useOpenBlocks(hierarchy, selected);
  const [query, setQuery] = useState('');
  const found = useMemo(
    () => layers.filter((layer) => canSelect(layer) && matches(layer, query)),
    [layers, canSelect, query],
  );
  const foundNames = useMemo(() => new Set(found.map(({ name }) => name)), [found]);
  const goalRef = useRef<ViewportGoal | null>(selected === null ? { type: 'fit' } : show(selected));
  useLayoutEffect(() => {
    // Where a click chose it, the node under the pointer is held already.
    if (selected !== null) goalRef.current ??= show(selected);
  }, [selected]);

  function chooseFound(layer: Layer) {
    goalRef.current = show(layer.name);
    setQuery('');
    onSelect(layer);
  }

  function openAll(blocks: Iterable<string>) {
    goalRef.current = { type: 'fit' };
    setOpen(new Set(blocks));
  }

  return (
    <div className={classNames('flex min-h-0 flex-col', className)}>
      <div className="flex flex-wrap items-center gap-2 border-b p-2">
        <GraphSearch query={query} onQuery={setQuery} found={found} onChoose={chooseFound} />
        <span className="flex-1 text-xs text-muted">
          {query !== '' && `${formatInteger(found.length)} of ${formatInteger(layers.length)} layers`}
        </span>
        <Button size="small" onClick={() => openAll([...hierarchy.blocksAround.values()].flat())}>
          <ChevronsUpDown aria-hidden />
          Open all
        </Button>
        <Button size="small" onClick={() => openAll([])}>
          <ChevronsDownUp aria-hidden />
          Close all
        </Button>
      </div>
      <div className="relative min-h-0 flex-1">
        <ReactFlowProvider>
          <GraphCanvas
            hierarchy={hierarchy}
            open={open}
            onToggle={toggle}
            selected={selected}
            onSelect={onSelect}
            canSelect={canSelect}
            found={query === '' ? null : foundNames}
            goalRef={goalRef}
          />
        </ReactFlowProvider>
      </div>
    </div>
  );
}

const show = (name: string): ViewportGoal => ({ type: 'show', id: layerId(name) });

const matches = ({ name, kind }: Layer, query: string) =>
  `${name} ${kind}`.toLowerCase().includes(query.trim().toLowerCase());

/** Closed to begin with, apart from those around the chosen layer, whenever another is chosen. */
function useOpenBlocks(hierarchy: Hierarchy, selected: string | null) {
  const [open, setOpen] = useState<ReadonlySet<string>>(new Set());
  const [revealed, setRevealed] = useState<string | null>(null);
  if (selected !== revealed) {
    setRevealed(selected);
    setOpen(new Set([...open, ...(hierarchy.blocksAround.get(selected ?? '') ?? [])]));
  }
  const toggle = (block: string) => {
    const others = [...open].filter((id) => id !== block);
    setOpen(new Set(open.has(block) ? others : [...others, block]));
  };
  return { open, setOpen, toggle };
}
