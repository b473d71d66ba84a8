'use client';
import { useState } from 'react';
import { Select } from '../ui/select.tsx';
import { Switch } from '../ui/switch.tsx';
import { TextInput } from '../ui/text-input.tsx';
import { useFormSurroundings, type EditorProps } from './editor.ts';
import { Field } from './field.tsx';
import { limitsText } from './json-schema.ts';

export function NumberEditor({ schema, value, onChange, path, label }: EditorProps) {
  const { errorAt } = useFormSurroundings();
  const note = [limitsText(schema), schema.unit].filter(Boolean).join(' ');
  return (
    <Field label={label} help={schema.description} note={note} error={errorAt(path)}>
      {(control) => (
        <TextInput
          {...control}
          type="number"
          inputMode={schema.type === 'integer' ? 'numeric' : 'decimal'}
          step="any"
          placeholder={typeof schema.default === 'number' ? String(schema.default) : undefined}
          value={typeof value === 'number' && !Number.isNaN(value) ? value : ''}
          onChange={({ target }) => onChange(target.value === '' ? undefined : target.valueAsNumber)}
        />
      )}
    </Field>
  );
}

export function TextEditor({ schema, value, onChange, path, label }: EditorProps) {
  const { errorAt } = useFormSurroundings();
  return (
    <Field label={label} help={schema.description} error={errorAt(path)}>
      {(control) => (
        <TextInput
          {...control}
          value={typeof value === 'string' ? value : ''}
          onChange={({ target }) => onChange(target.value === '' ? undefined : target.value)}
        />
      )}
    </Field>
  );
}

export function ChoiceEditor({ schema, value, onChange, path, label }: EditorProps) {
  const { errorAt } = useFormSurroundings();
  const options = (schema.enum ?? []).map(String);
  return (
    <Field label={label} help={schema.description} error={errorAt(path)}>
      {(control) => (
        <Select
          {...control}
          value={typeof value === 'string' ? value : ''}
          options={options.map((option) => ({ value: option, label: option }))}
          onChange={onChange}
        />
      )}
    </Field>
  );
}

export function SwitchEditor({ schema, value, onChange, path, label }: EditorProps) {
  const { errorAt } = useFormSurroundings();
  return (
    <Field label={label} help={schema.description} error={errorAt(path)}>
      {(control) => (
        <div className="flex h-9 items-center">
          <Switch {...control} checked={value === true} onCheckedChange={onChange} />
        </div>
      )}
    </Field>
  );
}

const toText = (value: unknown) => (Array.isArray(value) ? value.join(', ') : '');

/** Text that holds no list of numbers is handed on as it stands, for the schema to refuse. */
function toNumbers(text: string): unknown {
  const parts = text.split(/[\s,;]+/).filter(Boolean);
  const numbers = parts.map(Number);
  return numbers.some(Number.isNaN) ? text : numbers;
}

export function NumberListEditor({ schema, value, onChange, path, label }: EditorProps) {
  const { errorAt } = useFormSurroundings();
  // What is being typed ("1, 2, ") says more than the numbers it holds so far.
  const [draft, setDraft] = useState<string | null>(null);
  const note = schema.items && limitsText(schema.items);
  return (
    <Field label={label} help={schema.description} note={note} error={errorAt(path)}>
      {(control) => (
        <TextInput
          {...control}
          placeholder="Numbers with commas between them"
          value={draft ?? toText(value)}
          onChange={({ target }) => {
            setDraft(target.value);
            onChange(toNumbers(target.value));
          }}
          onBlur={() => setDraft(null)}
        />
      )}
    </Field>
  );
}
