'use client';
import { useQuery } from '@tanstack/react-query';
import { datasetsQuery } from '../datasets/queries.ts';
import { useFormSurroundings, type EditorProps } from '../form/editor.ts';
import { Field } from '../form/field.tsx';
import { formatInteger } from '../format/number.ts';
import { Select } from '../ui/select.tsx';

export function DatasetEditor({ schema, value, onChange, path, label }: EditorProps) {
  const { errorAt } = useFormSurroundings();
  const datasets = useQuery(datasetsQuery);
  const name = typeof value === 'string' ? value : '';
  const options = (datasets.data ?? []).map((dataset) => ({
    value: dataset.name,
    label: dataset.name,
    hint: Object.entries(dataset.splits)
      .map(([split, size]) => `${split} ${formatInteger(size)}`)
      .join(', '),
  }));
  // A duplicated run may name a dataset that is gone: shown all the same, and refused by the API.
  if (name && !options.some((option) => option.value === name))
    options.push({ value: name, label: name, hint: '' });
  return (
    <Field label={label} help={schema.description} error={datasets.error?.message ?? errorAt(path)}>
      {(control) => <Select {...control} value={name} options={options} onChange={onChange} />}
    </Field>
  );
}
