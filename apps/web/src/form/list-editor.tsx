'use client';
import { ArrowDown, ArrowUp, Plus, Trash2 } from 'lucide-react';
import { Button } from '../ui/button.tsx';
import { useFormSurroundings, type EditorProps } from './editor.ts';
import { initialValue, resolve } from './json-schema.ts';
import { ValueEditor } from './value-editor.tsx';

/** A list whose order means something: transforms one after another, the parts of a sum. */
export function ListEditor({ schema, value, onChange, path, label }: EditorProps) {
  const { root, errorAt } = useFormSurroundings();
  const items: readonly unknown[] = Array.isArray(value) ? value : [];
  const itemSchema = schema.items ?? {};
  const error = errorAt(path);

  const replace = (index: number, item: unknown) => onChange(items.with(index, item));
  const remove = (index: number) => onChange(items.toSpliced(index, 1));
  const swap = (index: number, other: number) =>
    onChange(items.with(index, items[other]).with(other, items[index]));

  return (
    <fieldset className="min-w-0">
      <legend className="sr-only">{label}</legend>
      {error && <p className="mb-2 text-xs text-bad">{error}</p>}
      <ol className="flex flex-col gap-2">
        {items.map((item, index) => (
          // Items have no identity of their own; every editor is controlled by its value.
          // oxlint-disable-next-line react/no-array-index-key
          <li key={index} className="@container flex gap-2 rounded-md border bg-canvas p-3">
            <div className="min-w-0 flex-1">
              <ValueEditor
                schema={itemSchema}
                label={`${resolve(itemSchema, root).title ?? label} ${index + 1}`}
                path={`${path}.${index}`}
                value={item}
                onChange={(next) => replace(index, next)}
              />
            </div>
            <div className="flex shrink-0 flex-col">
              <ItemButton
                label={`Move ${index + 1} up`}
                disabled={index === 0}
                onClick={() => swap(index, index - 1)}
              >
                <ArrowUp aria-hidden />
              </ItemButton>
              <ItemButton
                label={`Move ${index + 1} down`}
                disabled={index === items.length - 1}
                onClick={() => swap(index, index + 1)}
              >
                <ArrowDown aria-hidden />
              </ItemButton>
              <ItemButton label={`Remove ${index + 1}`} onClick={() => remove(index)}>
                <Trash2 aria-hidden />
              </ItemButton>
            </div>
          </li>
        ))}
      </ol>
      <Button
        size="small"
        className="mt-2"
        disabled={schema.maxItems !== undefined && items.length >= schema.maxItems}
        onClick={() => onChange([...items, initialValue(itemSchema, root)])}
      >
        <Plus aria-hidden />
        Add
      </Button>
    </fieldset>
  );
}

interface ItemButtonProps {
  label: string;
  disabled?: boolean;
  onClick: () => void;
  children: React.ReactNode;
}

function ItemButton({ label, ...rest }: ItemButtonProps) {
  return <Button look="quiet" size="small" className="size-7 px-0" aria-label={label} {...rest} />;
}
