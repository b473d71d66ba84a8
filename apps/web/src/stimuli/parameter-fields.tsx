'use client';
import type { Stimulus } from '@fovea/data/stimuli';
import { Field } from '../form/field.tsx';
import { TextInput } from '../ui/text-input.tsx';
import type { ParameterTexts, ReadForm } from './stimulus-form.ts';
import { textOf } from './values-text.ts';

interface ParameterFieldsProps {
  stimulus: Stimulus;
  names: readonly string[];
  texts: ParameterTexts;
  faults: ReadForm['faults'];
  onChange: (texts: ParameterTexts) => void;
}

/** A line for each parameter: one value, several, or none for the default. */
export function ParameterFields({ stimulus, names, texts, faults, onChange }: ParameterFieldsProps) {
  return (
    <div className="grid grid-cols-1 gap-x-4 gap-y-3 sm:grid-cols-2">
      {names.map((name) => {
        const schema = stimulus.parameters[name]!;
        const { title, unit } = (schema.meta() ?? {}) as { title?: string; unit?: string };
        return (
          <Field key={name} label={title ?? name} help={schema.description} note={unit} error={faults[name]}>
            {(control) => (
              <TextInput
                {...control}
                placeholder={textOf([schema.parse(undefined)])}
                value={texts[name] ?? ''}
                onChange={({ target }) => onChange({ ...texts, [name]: target.value })}
              />
            )}
          </Field>
        );
      })}
    </div>
  );
}
