'use client';
import { useId } from 'react';
import { useFormSurroundings, type EditorProps } from '../form/editor.ts';
import { Field } from '../form/field.tsx';
import { hasUnits } from '../models/layer-facts.ts';
import { useModelLayers } from '../models/model-layers.ts';
import { TextInput } from '../ui/text-input.tsx';

/** The name of a layer, with those of the model that have channels to choose from. Empty is none. */
export function LayerEditor({ schema, value, onChange, path, label }: EditorProps) {
  const { errorAt } = useFormSurroundings();
  const { layers } = useModelLayers();
  const list = useId();
  const isNullable = schema.anyOf?.some(({ type }) => type === 'null') ?? false;
  return (
    <Field label={label} help={schema.description} error={errorAt(path)}>
      {(control) => (
        <>
          <TextInput
            {...control}
            list={list}
            spellCheck={false}
            className="font-mono text-xs"
            value={typeof value === 'string' ? value : ''}
            onChange={({ target }) => onChange(target.value === '' && isNullable ? null : target.value)}
          />
          <datalist id={list}>
            {layers.filter(hasUnits).map(({ name }) => (
              <option key={name}>{name}</option>
            ))}
          </datalist>
        </>
      )}
    </Field>
  );
}
