/** The fields of an input under their headings, in the order of the schema. */
import { humanize, resolve, type JsonSchema } from '../form/json-schema.ts';

export interface FormField {
  readonly name: string;
  readonly label: string;
  readonly schema: JsonSchema;
}

export interface FieldGroup {
  readonly title: string;
  readonly fields: readonly FormField[];
  /** Shown on demand. */
  readonly advanced: readonly FormField[];
}

export function fieldGroups(root: JsonSchema): FieldGroup[] {
  const fields = Object.entries(root.properties ?? {}).map(([name, property]) => {
    const schema = resolve(property, root);
    return { name, label: schema.title ?? humanize(name), schema };
  });
  const shown = fields.filter(({ schema }) => !schema.hidden);
  const groups = Object.groupBy(shown, ({ schema }) => schema.group ?? 'Parameters');
  return Object.entries(groups).map(([title, members = []]) => ({
    title,
    fields: members.filter(({ schema }) => !schema.advanced),
    advanced: members.filter(({ schema }) => schema.advanced),
  }));
}
