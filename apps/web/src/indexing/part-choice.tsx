'use client';
import { useQuery } from '@tanstack/react-query';
import type { IndexPart } from '@fovea/experiments/schema';
import { useId } from 'react';
import { datasetsQuery } from '../datasets/queries.ts';
import { Field } from '../form/field.tsx';
import { Checkbox } from '../ui/checkbox.tsx';
import { Select } from '../ui/select.tsx';
import { TextInput } from '../ui/text-input.tsx';
import type { ChoiceProps } from './layer-choice.tsx';
import { parts, partTitles } from './part-titles.ts';

export function PartChoice({ choices, onChange }: ChoiceProps) {
  const toggle = (part: IndexPart) =>
    onChange({
      parts: choices.parts.includes(part)
        ? choices.parts.filter((each) => each !== part)
        : [...choices.parts, part],
    });
  return (
    <fieldset className="flex flex-col gap-2">
      <legend className="mb-1 font-medium">What to make</legend>
      <div className="grid gap-x-4 gap-y-2 sm:grid-cols-2">
        {parts.map((part) => (
          <PartItem
            key={part}
            part={part}
            checked={choices.parts.includes(part)}
            onToggle={() => toggle(part)}
          />
        ))}
      </div>
      {choices.parts.includes('sweep') && <SweepFields choices={choices} onChange={onChange} />}
    </fieldset>
  );
}

interface PartItemProps {
  part: IndexPart;
  checked: boolean;
  onToggle: () => void;
}

function PartItem({ part, checked, onToggle }: PartItemProps) {
  const id = useId();
  const { title, about } = partTitles[part];
  return (
    <div className="flex gap-2.5">
      <span className="mt-0.5">
        <Checkbox id={id} checked={checked} onCheckedChange={onToggle} aria-describedby={`${id}-about`} />
      </span>
      <div className="min-w-0">
        <label htmlFor={id}>{title}</label>
        <p id={`${id}-about`} className="text-xs text-muted">
          {about}
        </p>
      </div>
    </div>
  );
}

function SweepFields({ choices, onChange }: ChoiceProps) {
  const datasets = useQuery(datasetsQuery);
  const options = (datasets.data ?? []).map(({ name }) => ({ value: name, label: name }));
  return (
    <div className="grid gap-3 sm:grid-cols-2">
      <Field label="Dataset of the sweep" error={datasets.error?.message}>
        {(control) => (
          <Select
            {...control}
            value={choices.dataset}
            options={options}
            onChange={(dataset) => onChange({ dataset })}
          />
        )}
      </Field>
      <Field label="Images" note="at most">
        {(control) => (
          <TextInput
            {...control}
            type="number"
            min={1}
            value={choices.images}
            onChange={({ target }) => onChange({ images: target.value })}
          />
        )}
      </Field>
    </div>
  );
}
