'use client';
import { useQuery } from '@tanstack/react-query';
import { useId } from 'react';
import { layersQuery } from '../api/queries.ts';
import { Field } from '../form/field.tsx';
import { formatInteger } from '../format/number.ts';
import { hasUnits } from '../models/layer-facts.ts';
import { Checkbox } from '../ui/checkbox.tsx';
import { Select } from '../ui/select.tsx';
import type { Choices } from './choices.ts';

export interface ChoiceProps {
  choices: Choices;
  onChange: (changes: Partial<Choices>) => void;
}

const options = [
  {
    value: 'interesting',
    label: 'The outputs of blocks',
    hint: 'Of transformers the hidden neurons of their MLPs, too',
  },
  { value: 'all', label: 'Every layer with units', hint: 'Inner branches and values before ReLUs, too' },
  { value: 'chosen', label: 'Chosen ones' },
] as const;

export function LayerChoice({ model, choices, onChange }: ChoiceProps & { model: string }) {
  return (
    <div className="flex flex-col gap-2">
      <Field label="Layers">
        {(control) => (
          <Select
            {...control}
            value={choices.layers}
            options={options}
            onChange={(layers) => onChange({ layers: layers as Choices['layers'] })}
          />
        )}
      </Field>
      {choices.layers === 'chosen' && <LayerList model={model} choices={choices} onChange={onChange} />}
    </div>
  );
}

function LayerList({ model, choices: { chosenLayers }, onChange }: ChoiceProps & { model: string }) {
  const layers = useQuery(layersQuery(model));
  const chosen = new Set(chosenLayers);
  const toggle = (name: string) =>
    onChange({
      chosenLayers: chosen.has(name) ? chosenLayers.filter((each) => each !== name) : [...chosenLayers, name],
    });
  return (
    <ul aria-label="Layers to choose from" className="max-h-48 overflow-y-auto rounded-md border p-1">
      {layers.data?.filter(hasUnits).map(({ name, channels }) => (
        <LayerItem
          key={name}
          name={name}
          channels={channels}
          checked={chosen.has(name)}
          onToggle={() => toggle(name)}
        />
      ))}
    </ul>
  );
}

interface LayerItemProps {
  name: string;
  channels: number;
  checked: boolean;
  onToggle: () => void;
}

function LayerItem({ name, channels, checked, onToggle }: LayerItemProps) {
  const id = useId();
  return (
    <li className="flex items-center gap-2.5 rounded px-2 py-1 hover:bg-sunken">
      <Checkbox id={id} checked={checked} onCheckedChange={onToggle} />
      <label htmlFor={id} className="min-w-0 flex-1 truncate font-mono text-xs">
        {name}
      </label>
      <span className="text-xs text-muted">{formatInteger(channels)}</span>
    </li>
  );
}
