/** The part of JSON Schema (2020-12) that zod writes for an input, and what a form needs to know of it. */
export interface JsonSchema {
  type?: string;
  title?: string;
  description?: string;
  default?: unknown;
  const?: unknown;
  enum?: readonly unknown[];
  minimum?: number;
  maximum?: number;
  exclusiveMinimum?: number;
  exclusiveMaximum?: number;
  multipleOf?: number;
  minItems?: number;
  maxItems?: number;
  minLength?: number;
  pattern?: string;
  format?: string;
  properties?: Readonly<Record<string, JsonSchema>>;
  required?: readonly string[];
  items?: JsonSchema;
  prefixItems?: readonly JsonSchema[];
  anyOf?: readonly JsonSchema[];
  oneOf?: readonly JsonSchema[];
  allOf?: readonly JsonSchema[];
  $ref?: string;
  $defs?: Readonly<Record<string, JsonSchema>>;
  /** Ours: the unit a number is in, such as `px`. */
  unit?: string;
  /** Ours: folded away until asked for. */
  advanced?: boolean;
  /** Ours: not for people to fill in. */
  hidden?: boolean;
  /** Ours: the heading that a field stands under. */
  group?: string;
  /** Ours: an editor that knows more than the type says, such as a choice among models. */
  widget?: string;
}

/** Follows references; what stands beside a `$ref` (a description, a default) wins over what it names. */
export function resolve(schema: JsonSchema, root: JsonSchema): JsonSchema {
  if (schema.allOf?.length === 1) {
    const { allOf, ...beside } = schema;
    return { ...resolve(allOf[0]!, root), ...beside };
  }
  if (!schema.$ref) return schema;
  const { $ref, ...beside } = schema;
  if ($ref === '#') return { ...root, ...beside };
  const name = $ref.replace('#/$defs/', '');
  const target = root.$defs?.[name];
  if (!target) throw new Error(`The schema refers to ${$ref}, which it does not define`);
  return { ...resolve(target, root), ...beside };
}

export const variantsOf = (schema: JsonSchema): readonly JsonSchema[] | undefined =>
  schema.oneOf ?? schema.anyOf;

/** A value to start editing from: the default where there is one, else the simplest that may be valid. */
export function initialValue(schema: JsonSchema, root: JsonSchema): unknown {
  const resolved = resolve(schema, root);
  if (resolved.default !== undefined) return structuredClone(resolved.default);
  if (resolved.const !== undefined) return resolved.const;
  if (resolved.enum) return resolved.enum[0];
  const variants = variantsOf(resolved);
  if (variants) return initialValue(variants[0]!, root);
  switch (resolved.type) {
    case 'object':
      return initialObject(resolved, root);
    case 'array':
      return initialArray(resolved, root);
    case 'number':
    case 'integer':
      return resolved.minimum ?? 0;
    case 'boolean':
      return false;
    case 'null':
      return null;
    default:
      return '';
  }
}

function initialObject(schema: JsonSchema, root: JsonSchema): Record<string, unknown> {
  const entries = Object.entries(schema.properties ?? {}).filter(
    ([name, property]) => schema.required?.includes(name) || resolve(property, root).default !== undefined,
  );
  return Object.fromEntries(entries.map(([name, property]) => [name, initialValue(property, root)]));
}

function initialArray(schema: JsonSchema, root: JsonSchema): unknown[] {
  if (schema.prefixItems) return schema.prefixItems.map((item) => initialValue(item, root));
  return Array.from({ length: schema.minItems ?? 0 }, () => initialValue(schema.items ?? {}, root));
}

/** Whether a value has the shape of a schema, as far as telling the variants of a union apart needs. */
export function hasShape(value: unknown, schema: JsonSchema, root: JsonSchema): boolean {
  const resolved = resolve(schema, root);
  if (resolved.const !== undefined) return value === resolved.const;
  if (resolved.enum) return resolved.enum.includes(value);
  const variants = variantsOf(resolved);
  if (variants) return variants.some((variant) => hasShape(value, variant, root));
  switch (resolved.type) {
    case 'object':
      return (
        isRecord(value) &&
        Object.entries(resolved.properties ?? {}).every(([name, property]) => {
          const given = value[name];
          return given === undefined
            ? !resolved.required?.includes(name)
            : isTag(property, root)
              ? hasShape(given, property, root)
              : true;
        })
      );
    case 'array':
      return Array.isArray(value);
    case 'integer':
    case 'number':
      return typeof value === 'number';
    case 'null':
      return value === null;
    default:
      return typeof value === resolved.type;
  }
}

/** A property that says which variant its object is: `{ type: 'channel', ... }`. */
export function isTag(property: JsonSchema, root: JsonSchema): boolean {
  return resolve(property, root).const !== undefined;
}

export const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const typeLabels: Readonly<Record<string, string>> = {
  null: 'None',
  array: 'A list of your own',
  integer: 'Number',
  number: 'Number',
  string: 'Text',
  object: 'Object',
  boolean: 'Yes or no',
};

/** What to call a variant in a list of choices: its title, its tag, or its type. */
export function variantLabel(schema: JsonSchema, root: JsonSchema): string {
  const resolved = resolve(schema, root);
  if (resolved.title) return resolved.title;
  const tag = Object.values(resolved.properties ?? {}).find((property) => isTag(property, root));
  if (tag) return humanize(asText(resolve(tag, root).const));
  if (resolved.const !== undefined) return humanize(asText(resolved.const));
  return typeLabels[resolved.type ?? ''] ?? 'Value';
}

const asText = (value: unknown) => (typeof value === 'string' ? value : JSON.stringify(value));

/** "learningRate" and "learning_rate" → "Learning rate". */
export function humanize(name: string): string {
  const words = name
    .replaceAll(
      /([a-z0-9])([A-Z])/g,
      (_, before: string, after: string) => `${before} ${after.toLowerCase()}`,
    )
    .replaceAll(/[_-]+/g, ' ');
  return words.charAt(0).toUpperCase() + words.slice(1);
}

/** "1 to 4,096", "at least 1", "more than 0". */
export function limitsText(schema: JsonSchema): string | undefined {
  const low = schema.minimum ?? schema.exclusiveMinimum;
  const high = schema.maximum ?? schema.exclusiveMaximum;
  const bounded = high !== undefined && Math.abs(high) < Number.MAX_SAFE_INTEGER;
  const from = low !== undefined && Math.abs(low) < Number.MAX_SAFE_INTEGER;
  const text = (value: number) => value.toLocaleString('en-GB', { maximumSignificantDigits: 6 });
  if (from && bounded) {
    return schema.exclusiveMinimum === undefined
      ? `${text(low)} to ${text(high)}`
      : `above ${text(low)}, up to ${text(high)}`;
  }
  if (from) return schema.exclusiveMinimum === undefined ? `at least ${text(low)}` : `more than ${text(low)}`;
  return bounded ? `at most ${text(high)}` : undefined;
}
