'use client';
import { Field } from '../form/field.tsx';
import { Select } from '../ui/select.tsx';
import { TextInput } from '../ui/text-input.tsx';
import type { Choices } from './choices.ts';
import type { ChoiceProps } from './layer-choice.tsx';

const objectives = [
  { value: 'both', label: 'Neuron and channel' },
  { value: 'neuron', label: 'Neuron', hint: 'Its value in the middle of the picture' },
  { value: 'channel', label: 'Channel', hint: 'Its mean over the picture' },
] as const;

const signs = [
  { value: 'both', label: 'What excites and what inhibits' },
  { value: 'positive', label: 'What excites' },
] as const;

const numbers = [
  { name: 'restarts', label: 'Restarts', note: '1 to 16', min: 1, max: 16 },
  { name: 'steps', label: 'Steps', note: 'updates', min: 1, max: 10_000 },
  { name: 'size', label: 'Side', note: 'px; empty: as the model reads', min: 16, max: 1024 },
  { name: 'diversity', label: 'Diverse pictures', note: '0 for none', min: 0, max: 8 },
] as const;

export function PictureChoice({ choices, onChange }: ChoiceProps) {
  return (
    <fieldset className="grid gap-3 sm:grid-cols-2">
      <legend className="mb-2 font-medium">Pictures of each unit</legend>
      <Field label="Objectives">
        {(control) => (
          <Select
            {...control}
            value={choices.objectives}
            options={objectives}
            onChange={(value) => onChange({ objectives: value as Choices['objectives'] })}
          />
        )}
      </Field>
      <Field label="Signs">
        {(control) => (
          <Select
            {...control}
            value={choices.signs}
            options={signs}
            onChange={(value) => onChange({ signs: value as Choices['signs'] })}
          />
        )}
      </Field>
      {numbers.map(({ name, label, note, min, max }) => (
        <Field key={name} label={label} note={note}>
          {(control) => (
            <TextInput
              {...control}
              type="number"
              min={min}
              max={max}
              value={choices[name]}
              onChange={({ target }) => onChange({ [name]: target.value })}
            />
          )}
        </Field>
      ))}
    </fieldset>
  );
}
