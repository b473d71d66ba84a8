'use client';
import type { Layer } from '@fovea/client';
import { useState } from 'react';
import { hasUnits, shapeText } from '../models/layer-facts.ts';
import { Checkbox } from '../ui/checkbox.tsx';
import { TextInput } from '../ui/text-input.tsx';

/** As many as one run takes. */
const MOST = 32;

interface LayerChoiceProps {
  layers: readonly Layer[];
  chosen: readonly string[];
  onChange: (names: readonly string[]) => void;
}

export function LayerChoice({ layers, chosen, onChange }: LayerChoiceProps) {
  const [search, setSearch] = useState('');
  const proposed = startingLayers(layers);
  const found = layers
    .filter((layer) => hasUnits(layer) && layer.name.toLowerCase().includes(search.trim().toLowerCase()))
    .toSorted((a, b) => Number(proposed.includes(b.name)) - Number(proposed.includes(a.name)));
  return (
    <fieldset className="min-w-0">
      <legend className="mb-1 font-medium">Layers</legend>
      <TextInput
        type="search"
        aria-label="Search layers"
        placeholder={chosen.length > 0 ? `${chosen.length} chosen` : 'Name'}
        value={search}
        onChange={({ target }) => setSearch(target.value)}
      />
      <ul className="mt-2 flex max-h-52 flex-col gap-1 overflow-y-auto rounded-md border p-2">
        {found.map((layer) => {
          const isChosen = chosen.includes(layer.name);
          return (
            <li key={layer.name}>
              <label className="flex items-center gap-2 rounded px-1 py-0.5 hover:bg-sunken">
                <Checkbox
                  checked={isChosen}
                  disabled={!isChosen && chosen.length >= MOST}
                  onCheckedChange={() =>
                    onChange(
                      isChosen ? chosen.filter((name) => name !== layer.name) : [...chosen, layer.name],
                    )
                  }
                />
                <span className="min-w-0 flex-1 truncate font-mono text-xs">{layer.name}</span>
                <span className="shrink-0 text-[0.6875rem] text-muted">{shapeText(layer)}</span>
              </label>
            </li>
          );
        })}
        {found.length === 0 && <li className="text-muted">No layer matches.</li>}
      </ul>
    </fieldset>
  );
}

/** Kinds whose channels are what articles call the units of a network. */
const joining: ReadonlySet<string> = new Set(['concat', 'add']);
const SHOWN = 4;

/** The last layers that join branches or paths, in the order of computation; else the last with rows and columns. */
export function startingLayers(layers: readonly Layer[]): string[] {
  const spatial = layers.filter((layer) => hasUnits(layer) && layer.shape.length > 1);
  const joined = spatial.filter(({ kind }) => joining.has(kind));
  return (joined.length > 0 ? joined : spatial.slice(-1)).slice(-SHOWN).map(({ name }) => name);
}
