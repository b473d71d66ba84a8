'use client';
import { ChevronRight } from 'lucide-react';
import { useState } from 'react';
import { Controller, type Control } from 'react-hook-form';
import { useFormSurroundings } from '../form/editor.ts';
import { ValueEditor } from '../form/value-editor.tsx';
import { classNames } from '../ui/class-names.ts';
import { Panel } from '../ui/panel.tsx';
import type { FieldGroup, FormField } from './field-groups.ts';
import type { RunFormValues } from './form-values.ts';

interface GroupPanelProps {
  group: FieldGroup;
  control: Control<RunFormValues>;
}

export function GroupPanel({ group, control }: GroupPanelProps) {
  const { errorAt } = useFormSurroundings();
  const [unfolded, setUnfolded] = useState(false);
  // A message must not hide in a folded section.
  const isOpen = unfolded || group.advanced.some(({ name }) => errorAt(`input.${name}`) !== undefined);
  return (
    <Panel title={group.title}>
      <Fields fields={group.fields} control={control} />
      {group.advanced.length > 0 && (
        <details
          open={isOpen}
          onToggle={({ currentTarget }) => setUnfolded(currentTarget.open)}
          className="group/advanced mt-4 border-t pt-3"
        >
          <summary className="flex w-fit items-center gap-1 text-muted hover:text-ink">
            <ChevronRight aria-hidden className="size-4 transition-transform group-open/advanced:rotate-90" />
            Advanced
          </summary>
          <div className="mt-3">
            <Fields fields={group.advanced} control={control} />
          </div>
        </details>
      )}
    </Panel>
  );
}

/** Editors that show more than one control get the whole width. */
const wide = new Set(['objective', 'transforms', 'layers']);
const isWide = ({ schema }: FormField) => wide.has(schema.widget ?? '');

function Fields({ fields, control }: { fields: readonly FormField[]; control: Control<RunFormValues> }) {
  return (
    <div className="grid grid-cols-1 items-start gap-x-5 gap-y-4 sm:grid-cols-2">
      {fields.map((field) => (
        <div key={field.name} className={classNames('min-w-0', isWide(field) && 'sm:col-span-2')}>
          <Controller
            control={control}
            name={`input.${field.name}`}
            render={({ field: { value, onChange, name } }) => (
              <ValueEditor
                schema={field.schema}
                label={field.label}
                path={name}
                value={value}
                onChange={(next) => onChange(next ?? null)}
              />
            )}
          />
        </div>
      ))}
    </div>
  );
}
