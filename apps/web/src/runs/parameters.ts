/** The input of a run as rows of a table: every value with its title and unit. */
import { findKindSchema } from '@fovea/experiments/schema';
import { z } from 'zod';
import { viewOf } from '../experiments/registry.ts';
import { humanize, resolve, type JsonSchema } from '../form/json-schema.ts';
import { formatValue } from '../format/number.ts';

export interface Parameter {
  readonly name: string;
  readonly title: string;
  readonly value: string;
  /** As the kind's schema has it, unless chosen otherwise. */
  readonly isDefault: boolean;
}

export const inputSchema = (kind: string): JsonSchema | undefined => {
  const schema = findKindSchema(kind);
  return schema && (z.toJSONSchema(schema.input, { io: 'input' }) as JsonSchema);
};

export function parametersOf(kind: string, input: Readonly<Record<string, unknown>>): Parameter[] {
  const root = inputSchema(kind);
  const view = viewOf(kind);
  return namesInOrder(input, root).map((name) => {
    const value = input[name];
    const property = root?.properties?.[name];
    const schema = property && root ? resolve(property, root) : undefined;
    return {
      name,
      title: schema?.title ?? humanize(name),
      value: view?.valueText?.(name, value) ?? parameterText(value, schema?.unit),
      isDefault: schema?.default !== undefined && JSON.stringify(value) === JSON.stringify(schema.default),
    };
  });
}

/** The order of the schema; the database keeps none. */
function namesInOrder(input: Readonly<Record<string, unknown>>, root: JsonSchema | undefined): string[] {
  const known = Object.keys(root?.properties ?? {}).filter((name) => name in input);
  return [...new Set([...known, ...Object.keys(input)])];
}

function parameterText(value: unknown, unit?: string): string {
  if (typeof value === 'number') return unit ? `${formatValue(value)} ${unit}` : formatValue(value);
  if (typeof value === 'boolean') return value ? 'yes' : 'no';
  if (value === null || (Array.isArray(value) && value.length === 0)) return 'none';
  if (Array.isArray(value) && value.every((item) => typeof item === 'number'))
    return value.map(formatValue).join(', ');
  return typeof value === 'string' ? value : JSON.stringify(value);
}
