'use client';
import type { Layer } from '@fovea/client';
import { Search } from 'lucide-react';
import { RadioGroup } from 'radix-ui';
import { useState } from 'react';
import { formatInteger } from '../format/number.ts';
import { Skeleton } from '../ui/skeleton.tsx';
import { TextInput } from '../ui/text-input.tsx';
import { ChannelGrid } from './channel-grid.tsx';
import { hasUnits, shapeText } from './layer-facts.ts';
import { useModelLayers } from './model-layers.ts';
import type { Unit } from './unit.ts';

interface UnitPickerProps {
  unit: Unit | null;
  onChange: (unit: Unit) => void;
}

/** A layer on the left, one of its channels on the right. */
export function UnitPicker({ unit, onChange }: UnitPickerProps) {
  const { model, layers, isPending } = useModelLayers();
  const layer = layers.find(({ name }) => name === unit?.layer);
  if (isPending) return <Skeleton className="h-80" />;
  if (layers.length === 0) {
    return (
      <p className="rounded-md bg-sunken p-4 text-muted">
        {model ? 'This model has no layers.' : 'Choose a model to see its layers.'}
      </p>
    );
  }
  return (
    <div className="grid grid-cols-1 rounded-md border sm:h-80 sm:grid-cols-2">
      <LayerList
        layers={layers}
        chosen={layer?.name}
        onChoose={({ name, channels }) =>
          onChange({ layer: name, channel: Math.min(unit?.channel ?? 0, channels - 1) })
        }
      />
      {layer && unit ? (
        <ChannelGrid
          layer={layer}
          channel={unit.channel}
          onChange={(channel) => onChange({ layer: layer.name, channel })}
        />
      ) : (
        <p className="flex items-center justify-center p-6 text-center text-muted max-sm:border-t sm:border-l">
          Choose a layer to see its channels.
        </p>
      )}
    </div>
  );
}

interface LayerListProps {
  layers: readonly Layer[];
  chosen: string | undefined;
  onChoose: (layer: Layer) => void;
}

function LayerList({ layers, chosen, onChoose }: LayerListProps) {
  const [search, setSearch] = useState('');
  // Where the list opens; from then on whoever reads it scrolls it.
  const [initial] = useState(chosen);
  const needle = search.toLowerCase();
  const withUnits = layers.filter(hasUnits);
  const found = withUnits.filter(({ name, kind }) => `${name} ${kind}`.toLowerCase().includes(needle));

  return (
    <div className="flex min-h-0 flex-col max-sm:h-64">
      <div className="relative border-b p-2">
        <Search aria-hidden className="absolute top-4.5 left-4.5 size-4 text-muted" />
        <TextInput
          type="search"
          aria-label="Search layers"
          placeholder={`Search ${formatInteger(withUnits.length)} layers`}
          className="pl-8"
          value={search}
          onChange={({ target }) => setSearch(target.value)}
        />
      </div>
      <RadioGroup.Root
        aria-label="Layer"
        value={chosen ?? ''}
        onValueChange={(name) => onChoose(found.find((layer) => layer.name === name)!)}
        className="relative min-h-0 flex-1 overflow-y-auto p-1"
      >
        {found.map((layer) => (
          <RadioGroup.Item
            key={layer.name}
            ref={layer.name === initial ? scrollIntoList : undefined}
            value={layer.name}
            className="flex w-full items-baseline justify-between gap-3 rounded px-2 py-1.5 text-left hover:bg-sunken focus-visible:-outline-offset-2 data-[state=checked]:bg-accent-soft"
          >
            <span className="min-w-0 truncate font-mono text-xs">{layer.name}</span>
            <span className="shrink-0 text-xs text-muted">
              {layer.kind}
              <span className="max-sm:hidden"> · {shapeText(layer)}</span>
            </span>
          </RadioGroup.Item>
        ))}
        {found.length === 0 && <p className="p-3 text-muted">No layer matches “{search}”.</p>}
      </RadioGroup.Root>
    </div>
  );
}

function scrollIntoList(item: HTMLElement | null): void {
  const list = item?.parentElement;
  if (list) list.scrollTop = item.offsetTop - list.clientHeight / 2;
}
