'use client';
import { ToggleGroup } from 'radix-ui';
import { useFormSurroundings, type EditorProps } from '../form/editor.ts';
import { Field } from '../form/field.tsx';
import { initialValue, resolve, variantsOf, type JsonSchema } from '../form/json-schema.ts';
import { UnionEditor } from '../form/union-editor.tsx';
import { ChooseInGraph } from '../models/choose-in-graph.tsx';
import { useModelLayers } from '../models/model-layers.ts';
import { formatUnit, parseUnit, type Unit } from '../models/unit.ts';
import { UnitPicker } from '../models/unit-picker.tsx';
import { TextInput } from '../ui/text-input.tsx';

/** A unit or a formula of units as text, with a picker that writes it; or the whole tree of objectives. */
export function ObjectiveEditor(props: EditorProps) {
  const { root } = useFormSurroundings();
  const [textSchema, treeSchema] = variantsOf(props.schema) as readonly [JsonSchema, JsonSchema];
  const isTree = typeof props.value === 'object' && props.value !== null;
  return (
    <div className="flex flex-col gap-3">
      <ToggleGroup.Root
        type="single"
        aria-label="How to write the objective"
        value={isTree ? 'tree' : 'text'}
        onValueChange={(form) => {
          if (form === 'text') props.onChange('');
          if (form === 'tree') props.onChange(initialTree(props.value, treeSchema, root));
        }}
        className="flex w-fit rounded-md border border-line-strong/60 p-0.5"
      >
        <FormChoice value="text">Unit</FormChoice>
        <FormChoice value="tree">Expression tree</FormChoice>
      </ToggleGroup.Root>
      {isTree ? (
        <div className="@container">
          <UnionEditor
            {...props}
            schema={{ ...resolve(treeSchema, root), description: props.schema.description }}
          />
        </div>
      ) : (
        <UnitObjective {...props} schema={{ ...textSchema, description: props.schema.description }} />
      )}
    </div>
  );
}

function FormChoice({ value, children }: { value: string; children: string }) {
  return (
    <ToggleGroup.Item
      value={value}
      className="h-7 rounded px-2.5 text-muted hover:text-ink data-[state=on]:bg-accent-soft data-[state=on]:font-medium data-[state=on]:text-accent"
    >
      {children}
    </ToggleGroup.Item>
  );
}

function UnitObjective({ schema, value, onChange, path, label }: EditorProps) {
  const { errorAt } = useFormSurroundings();
  const { layers } = useModelLayers();
  const text = typeof value === 'string' ? value : '';
  const unit = parseUnit(text);
  const choose = (chosen: Unit) => onChange(formatUnit(chosen));
  return (
    <>
      <Field label={label} help={schema.description} error={errorAt(path)}>
        {(control) => (
          <div className="flex gap-2">
            <TextInput
              {...control}
              spellCheck={false}
              autoComplete="off"
              placeholder="layer:channel"
              className="font-mono"
              value={text}
              onChange={({ target }) => onChange(target.value)}
            />
            <ChooseInGraph layers={layers} unit={unit} onChoose={choose} />
          </div>
        )}
      </Field>
      <UnitPicker unit={unit} onChange={choose} />
    </>
  );
}

/** The unit that was chosen is the tree to start from. */
function initialTree(value: unknown, treeSchema: JsonSchema, root: JsonSchema): unknown {
  const unit = typeof value === 'string' ? parseUnit(value) : null;
  return unit ? { type: 'channel', ...unit } : initialValue(treeSchema, root);
}
