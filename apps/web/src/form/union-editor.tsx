'use client';
import { Select } from '../ui/select.tsx';
import { useFormSurroundings, type EditorProps } from './editor.ts';
import { Field } from './field.tsx';
import { hasShape, initialValue, resolve, variantLabel, variantsOf, type JsonSchema } from './json-schema.ts';
import { ValueEditor } from './value-editor.tsx';

/** First which variant, then what it needs. */
export function UnionEditor({ schema, value, onChange, path, label }: EditorProps) {
  const { root, errorAt } = useFormSurroundings();
  const variants = flatten(variantsOf(schema) ?? [], root);
  const position = variants.findIndex((variant) => hasShape(value, variant, root));
  const current = variants[position];
  const hasFields = current !== undefined && needsEditor(current, root);
  return (
    <div className="flex min-w-0 flex-col gap-3">
      <Field label={label} help={schema.description} error={hasFields ? undefined : errorAt(path)}>
        {(control) => (
          <Select
            {...control}
            value={position === -1 ? '' : String(position)}
            options={variants.map((variant, index) => ({
              value: String(index),
              label: variantLabel(variant, root),
              hint: resolve(variant, root).description,
            }))}
            onChange={(next) => onChange(initialValue(variants[Number(next)]!, root))}
          />
        )}
      </Field>
      {hasFields && (
        <div className="@container border-l-2 pl-3">
          {/* Another variant is another editor, with nothing of the former's drafts. */}
          <ValueEditor
            key={position}
            schema={withoutDescription(current)}
            label={resolve(current, root).title ?? label}
            path={path}
            value={value}
            onChange={onChange}
          />
        </div>
      )}
    </div>
  );
}

/** What a variant would only offer as a further choice is offered here: the variants of a union, the values of an enum. */
function flatten(variants: readonly JsonSchema[], root: JsonSchema): readonly JsonSchema[] {
  return variants.flatMap((variant) => {
    const resolved = resolve(variant, root);
    const inner =
      variantsOf(resolved) ?? resolved.enum?.map((value) => ({ const: value, title: String(value) }));
    return inner ? flatten(inner, root) : [variant];
  });
}

function needsEditor(variant: JsonSchema, root: JsonSchema): boolean {
  const resolved = resolve(variant, root);
  return resolved.const === undefined && resolved.type !== 'null';
}

/** The list of variants has said it already. */
const withoutDescription = (schema: JsonSchema): JsonSchema => ({ ...schema, description: undefined });
