'use client';
import { useId, useState } from 'react';
import { useFormSurroundings, type EditorProps } from '../form/editor.ts';
import { formatInteger } from '../format/number.ts';
import { hasUnits, shapeText } from '../models/layer-facts.ts';
import { useModelLayers } from '../models/model-layers.ts';
import { Button } from '../ui/button.tsx';
import { Checkbox } from '../ui/checkbox.tsx';
import { TextInput } from '../ui/text-input.tsx';

/** Some of the layers of the model that have channels, in the order of the network. */
export function LayersEditor({ schema, value, onChange, path, label }: EditorProps) {
  const { errorAt } = useFormSurroundings();
  const { layers } = useModelLayers();
  const [wanted, setWanted] = useState('');
  const about = useId();
  const chosen: readonly string[] = Array.isArray(value) ? value : [];
  const names = layers.filter(hasUnits).map(({ name }) => name);
  // A duplicated run may name layers that another model has: shown all the same, and refused by the API.
  const others = chosen.filter((name) => name !== '' && !names.includes(name));
  const shown = [...others, ...names].filter((name) => name.toLowerCase().includes(wanted.toLowerCase()));
  const shapes = new Map(layers.map((layer) => [layer.name, shapeText(layer)]));
  const choose = (wish: readonly string[]) =>
    onChange([...others, ...names].filter((name) => wish.includes(name)));
  const toggle = (name: string) =>
    choose(chosen.includes(name) ? chosen.filter((each) => each !== name) : [...chosen, name]);
  const count = chosen.filter((name) => name !== '').length;
  const error = errorAt(path) ?? chosen.map((_, index) => errorAt(`${path}.${index}`)).find(Boolean);
  return (
    <fieldset className="flex min-w-0 flex-col gap-1" aria-describedby={about}>
      <legend className="mb-1 font-medium">{label}</legend>
      <div className="flex gap-2">
        <TextInput
          aria-label={`Find among the ${label.toLowerCase()}`}
          placeholder="Part of a name"
          value={wanted}
          onChange={({ target }) => setWanted(target.value)}
        />
        <Button size="small" onClick={() => choose([...chosen, ...shown])}>
          Add all shown
        </Button>
        <Button size="small" disabled={count === 0} onClick={() => onChange([])}>
          Clear
        </Button>
      </div>
      <ul className="max-h-56 overflow-y-auto rounded-md border bg-canvas p-1">
        {shown.map((name) => (
          <li key={name}>
            <label className="flex cursor-pointer items-center gap-2 rounded px-2 py-1 hover:bg-sunken">
              <Checkbox checked={chosen.includes(name)} onCheckedChange={() => toggle(name)} />
              <span className="min-w-0 flex-1 truncate font-mono text-xs">{name}</span>
              <span className="text-xs text-muted">{shapes.get(name)}</span>
            </label>
          </li>
        ))}
        {shown.length === 0 && <li className="px-2 py-1 text-muted">No layer is called so.</li>}
      </ul>
      <div id={about} className="text-xs">
        {error && <p className="text-bad">{error}</p>}
        <p className="text-muted">{`${formatInteger(count)} chosen. ${schema.description ?? ''}`}</p>
      </div>
    </fieldset>
  );
}
