'use client';
import { useQuery } from '@tanstack/react-query';
import { modelsQuery } from '../api/queries.ts';
import { useFormSurroundings, type EditorProps } from '../form/editor.ts';
import { Field } from '../form/field.tsx';
import { formatCompact } from '../format/number.ts';
import { preprocessingText } from '../models/preprocessing-text.ts';
import { Select } from '../ui/select.tsx';

export function ModelEditor({ schema, value, onChange, path, label }: EditorProps) {
  const { errorAt } = useFormSurroundings();
  const models = useQuery(modelsQuery);
  const name = typeof value === 'string' ? value : '';
  const options = (models.data ?? []).map((model) => ({
    value: model.name,
    label: model.name,
    hint: `${formatCompact(model.parameters)} parameters, ${preprocessingText(model.preprocessing)}`,
  }));
  // A duplicated run may name a model that is gone: shown all the same, and refused by the API.
  if (name && !options.some((option) => option.value === name))
    options.push({ value: name, label: name, hint: '' });
  return (
    <Field label={label} help={schema.description} error={models.error?.message ?? errorAt(path)}>
      {(control) => <Select {...control} value={name} options={options} onChange={onChange} />}
    </Field>
  );
}
