'use client';
/** An editor for whatever a JSON Schema describes. */
import { createElement } from 'react';
import { ChoiceEditor, NumberEditor, NumberListEditor, SwitchEditor, TextEditor } from './simple-editors.tsx';
import { JsonEditor } from './json-editor.tsx';
import { ListEditor } from './list-editor.tsx';
import { ObjectEditor } from './object-editor.tsx';
import { UnionEditor } from './union-editor.tsx';
import { useFormSurroundings, type EditorProps } from './editor.ts';
import { resolve, variantsOf } from './json-schema.ts';
import { useWidgets } from './widgets.ts';

export function ValueEditor(props: EditorProps) {
  const { root } = useFormSurroundings();
  const widgets = useWidgets();
  const schema = resolve(props.schema, root);
  const widget = schema.widget === undefined ? undefined : widgets[schema.widget];
  return createElement(widget ?? editorFor(schema, root), { ...props, schema });
}

function editorFor(schema: EditorProps['schema'], root: EditorProps['schema']) {
  if (schema.enum) return ChoiceEditor;
  if (variantsOf(schema)) return UnionEditor;
  switch (schema.type) {
    case 'boolean':
      return SwitchEditor;
    case 'number':
    case 'integer':
      return NumberEditor;
    case 'string':
      return TextEditor;
    case 'object':
      return schema.properties ? ObjectEditor : JsonEditor;
    case 'array':
      return listEditorFor(resolve(schema.items ?? {}, root));
    default:
      return JsonEditor;
  }
}

function listEditorFor(items: EditorProps['schema']) {
  if (items.type === 'number' || items.type === 'integer') return NumberListEditor;
  // Lists of lists are tensors: pasted, not clicked together.
  return items.type === 'array' ? JsonEditor : ListEditor;
}
