'use client';
import { useState } from 'react';
import { inputLook } from '../ui/text-input.tsx';
import { classNames } from '../ui/class-names.ts';
import { useFormSurroundings, type EditorProps } from './editor.ts';
import { Field } from './field.tsx';

const ROWS = 4;

/** For values that are made elsewhere and pasted. */
export function JsonEditor({ schema, value, onChange, path, label }: EditorProps) {
  const { errorAt } = useFormSurroundings();
  const [draft, setDraft] = useState<{ text: string; error?: string } | null>(null);

  function edit(text: string) {
    try {
      onChange(text.trim() === '' ? undefined : JSON.parse(text));
      setDraft({ text });
    } catch (error) {
      setDraft({ text, error: `Not JSON: ${(error as Error).message}` });
    }
  }

  return (
    <Field label={label} help={schema.description} note="JSON" error={draft?.error ?? errorAt(path)}>
      {(control) => (
        <textarea
          {...control}
          rows={ROWS}
          spellCheck={false}
          className={classNames(inputLook, 'h-auto py-2 font-mono text-xs')}
          value={draft?.text ?? (value === undefined ? '' : JSON.stringify(value))}
          onChange={({ target }) => edit(target.value)}
        />
      )}
    </Field>
  );
}
