'use client';
import type { Layer } from '@fovea/client';
import { Plus } from 'lucide-react';
import { useId, useState } from 'react';
import { hasUnits } from '../models/layer-facts.ts';
import { parseUnit, type Unit } from '../models/unit.ts';
import { Button } from '../ui/button.tsx';
import { TextInput } from '../ui/text-input.tsx';

interface AddUnitProps {
  layers: readonly Layer[];
  onAdd: (unit: Unit) => void;
}

/** A unit by its name, with the layers of the model to choose from. */
export function AddUnit({ layers, onAdd }: AddUnitProps) {
  const [text, setText] = useState('');
  const list = useId();
  const unit = parseUnit(text);
  const layer = layers.find(({ name }) => name === unit?.layer);
  const problem = unit && problemOf(unit, layer);
  return (
    <form
      className="flex flex-col gap-1"
      onSubmit={(event) => {
        event.preventDefault();
        if (!unit || problem) return;
        setText('');
        onAdd(unit);
      }}
    >
      <div className="flex gap-2">
        <TextInput
          aria-label="Unit to add"
          aria-invalid={problem !== null}
          aria-describedby={`${list}-problem`}
          placeholder="layer:channel"
          list={list}
          spellCheck={false}
          autoComplete="off"
          className="font-mono text-xs"
          value={text}
          onChange={({ target }) => setText(target.value)}
        />
        <Button type="submit" disabled={!unit || problem !== null}>
          <Plus aria-hidden />
          Add
        </Button>
      </div>
      <datalist id={list}>
        {layers.filter(hasUnits).map(({ name }) => (
          <option key={name}>{`${name}:`}</option>
        ))}
      </datalist>
      <p id={`${list}-problem`} className="text-xs text-bad empty:hidden">
        {problem}
      </p>
    </form>
  );
}

function problemOf({ channel }: Unit, layer: Layer | undefined): string | null {
  if (!layer) return 'The model has no such layer';
  if (!hasUnits(layer)) return 'This layer has no channels';
  return channel < layer.channels ? null : `It has the channels 0 to ${layer.channels - 1}`;
}
