'use client';
import { Save } from 'lucide-react';
import { Field } from '../form/field.tsx';
import { classNames } from '../ui/class-names.ts';
import { Button } from '../ui/button.tsx';
import { Panel } from '../ui/panel.tsx';
import { inputLook, TextInput } from '../ui/text-input.tsx';

export interface CircuitWords {
  title: string;
  /** Markdown. */
  text: string;
}

interface CircuitFormProps extends CircuitWords {
  onChange: (words: CircuitWords) => void;
  onSave: () => void;
  isSaving: boolean;
  canSave: boolean;
}

/** What a circuit is called, and what is written about it. */
export function CircuitForm({ title, text, onChange, onSave, isSaving, canSave }: CircuitFormProps) {
  return (
    <Panel title="Circuit">
      <form
        className="flex flex-col gap-3"
        onSubmit={(event) => {
          event.preventDefault();
          if (canSave && title.trim() !== '') onSave();
        }}
      >
        <Field label="Title">
          {(control) => (
            <TextInput
              {...control}
              maxLength={200}
              autoComplete="off"
              value={title}
              onChange={({ target }) => onChange({ title: target.value, text })}
            />
          )}
        </Field>
        <Field label="Text" help="Markdown: what the circuit does, and how one can tell">
          {(control) => (
            <textarea
              {...control}
              rows={5}
              className={classNames(inputLook, 'h-auto py-1.5 leading-5')}
              value={text}
              onChange={({ target }) => onChange({ title, text: target.value })}
            />
          )}
        </Field>
        <Button type="submit" look="primary" disabled={!canSave || isSaving || title.trim() === ''}>
          <Save aria-hidden />
          {isSaving ? 'Saving …' : 'Save'}
        </Button>
      </form>
    </Panel>
  );
}
