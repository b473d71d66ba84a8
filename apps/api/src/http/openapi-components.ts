/**
 * One component for one schema. The generator emits each schema twice, as input (defaults optional) and as output
 * (defaults filled in), under the names `RunInput` and `Run`, used or not, with the patterns that zod checks dates by.
 */
type Json = null | boolean | number | string | Json[] | { [key: string]: Json };
type Components = Record<string, Json>;

const prefix = '#/components/schemas/';

export interface Document {
  paths: Json;
  components: { schemas: Components };
}

export function tidyComponents<D extends Document>(document: D): D {
  const schemas = withoutNoise(document.components.schemas) as Components;
  const paths = withoutNoise(document.paths);
  const used = reachable(paths, schemas);
  const renamed = new Map<string, string>();
  for (const name of used) {
    const plain = name.replace(/Input$/, '');
    if (plain !== name && (!used.has(plain) || isDeepEqual(schemas[name], schemas[plain])))
      renamed.set(name, plain);
  }
  const kept = [...used].filter((name) => !renamed.has(name) || !used.has(renamed.get(name)!));
  const entries = kept.map((name) => [renamed.get(name) ?? name, rename(schemas[name]!, renamed)] as const);
  entries.sort(([a], [b]) => a.localeCompare(b));
  return { ...document, paths: rename(paths, renamed), components: { schemas: Object.fromEntries(entries) } };
}

function reachable(root: Json, schemas: Components): Set<string> {
  const found = new Set<string>();
  const pending = references(root);
  while (pending.length > 0) {
    const name = pending.pop()!;
    if (found.has(name)) continue;
    found.add(name);
    pending.push(...references(schemas[name] ?? null));
  }
  return found;
}

function references(node: Json): string[] {
  if (Array.isArray(node)) return node.flatMap(references);
  if (typeof node === 'string') return node.startsWith(prefix) ? [node.slice(prefix.length)] : [];
  return node !== null && typeof node === 'object' ? Object.values(node).flatMap(references) : [];
}

function rename(node: Json, names: ReadonlyMap<string, string>): Json {
  return mapStrings(node, (text) => {
    const name = text.startsWith(prefix) ? names.get(text.slice(prefix.length)) : undefined;
    return name === undefined ? text : prefix + name;
  });
}

function mapStrings(node: Json, change: (text: string) => string): Json {
  if (typeof node === 'string') return change(node);
  if (Array.isArray(node)) return node.map((child) => mapStrings(child, change));
  if (node === null || typeof node !== 'object') return node;
  return Object.fromEntries(Object.entries(node).map(([key, child]) => [key, mapStrings(child, change)]));
}

function withoutNoise(node: Json): Json {
  if (Array.isArray(node)) return node.map(withoutNoise);
  if (node === null || typeof node !== 'object') return node;
  const entries = Object.entries(node).filter(
    ([key, value]) =>
      !(key === 'pattern' && typeof node.format === 'string') &&
      !((key === 'minimum' || key === 'maximum') && Math.abs(value as number) === Number.MAX_SAFE_INTEGER),
  );
  return Object.fromEntries(entries.map(([key, child]) => [key, withoutNoise(child)]));
}

/** Two schemas that name the same references apart from `Input` are the same. */
function isDeepEqual(a: Json | undefined, b: Json | undefined): boolean {
  const plain = (node: Json | undefined) =>
    JSON.stringify(
      mapStrings(node ?? null, (text) => (text.startsWith(prefix) ? text.replace(/Input$/, '') : text)),
    );
  return plain(a) === plain(b);
}
