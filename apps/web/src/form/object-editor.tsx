'use client';
import { useFormSurroundings, type EditorProps } from './editor.ts';
import { humanize, isRecord, isTag } from './json-schema.ts';
import { ValueEditor } from './value-editor.tsx';

export function ObjectEditor({ schema, value, onChange, path }: EditorProps) {
  const { root, errorAt } = useFormSurroundings();
  const record = isRecord(value) ? value : {};
  const editable = Object.entries(schema.properties ?? {}).filter(([, property]) => !isTag(property, root));
  const error = errorAt(path);
  return (
    <div className="grid grid-cols-1 items-start gap-x-4 gap-y-3 @md:grid-cols-2">
      {error && <p className="text-xs text-bad @md:col-span-2">{error}</p>}
      {editable.map(([name, property]) => (
        <ValueEditor
          key={name}
          schema={property}
          // A title that comes with a reference names what it is, not what it is for: both sides of a sum.
          label={property.title ?? humanize(name)}
          path={`${path}.${name}`}
          value={record[name]}
          onChange={(next) => onChange(withProperty(record, name, next))}
        />
      ))}
    </div>
  );
}

function withProperty(
  record: Record<string, unknown>,
  name: string,
  value: unknown,
): Record<string, unknown> {
  const { [name]: _, ...others } = record;
  return value === undefined ? others : { ...record, [name]: value };
}
