/** From `--preset`, `--file` and `--param k=v` to an input that the kind's schema has accepted. */
import type { KindSchema } from '@fovea/experiments/schema';
import { readFile } from 'node:fs/promises';
import { z } from 'zod';
import { callerPath } from './caller-path.ts';
import { badInput } from './exit-codes.ts';
import { unknownName } from './nearest-name.ts';

export interface InputSources {
  readonly model?: string;
  readonly preset?: string;
  readonly file?: string;
  readonly params: readonly string[];
}

interface Param {
  readonly path: readonly string[];
  readonly text: string;
}

type Json = Record<string, unknown>;

/** Later sources win: preset, file, `--model`, params. Throws CliErrors that name the field. */
export async function readInput(schema: KindSchema, sources: InputSources): Promise<unknown> {
  const base = { ...presetOf(schema, sources.preset), ...(await readInputFile(sources.file)) };
  if (sources.model !== undefined) base.model = sources.model;
  const params = sources.params.map(parseParam);
  const literal = schema.input.safeParse(withParams(base, params, jsonOrText));
  if (literal.success) return literal.data;
  // A value such as 12 may be meant as text: the schema tells which by refusing the number.
  const refused = new Set(literal.error.issues.map(({ path }) => path.join('.')));
  const read = (param: Param) => (refused.has(param.path.join('.')) ? param.text : jsonOrText(param));
  const asText = schema.input.safeParse(withParams(base, params, read));
  if (asText.success) return asText.data;
  throw badInput(`The input of ${schema.name} is not valid:\n${explain(literal.error, schema)}`);
}

function presetOf(schema: KindSchema, name: string | undefined): Json {
  if (name === undefined) return {};
  if (!Object.hasOwn(schema.presets, name)) {
    throw badInput(unknownName('preset', name, Object.keys(schema.presets)));
  }
  return { ...(schema.presets[name] as Json) };
}

async function readInputFile(file: string | undefined): Promise<Json> {
  if (file === undefined) return {};
  const text = await readFile(callerPath(file), 'utf8').catch((error: Error) => {
    throw badInput(`--file cannot be read: ${error.message}`);
  });
  const parsed = z.record(z.string(), z.unknown()).safeParse(parseJson(text));
  if (!parsed.success) throw badInput(`${file} does not hold a JSON object`);
  return parsed.data;
}

function parseParam(param: string): Param {
  const at = param.indexOf('=');
  if (at < 1) throw badInput(`--param takes key=value, not "${param}"`);
  return { path: param.slice(0, at).split('.'), text: param.slice(at + 1) };
}

function jsonOrText({ text }: Param): unknown {
  const value = parseJson(text);
  return value === undefined ? text : value;
}

/** Undefined where the text is not JSON. */
function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function withParams(base: Json, params: readonly Param[], read: (param: Param) => unknown): Json {
  const input = structuredClone(base);
  for (const param of params) {
    let parent: Json = input;
    for (const key of param.path.slice(0, -1)) {
      const child = Object.hasOwn(parent, key) ? parent[key] : undefined;
      const object: Json = typeof child === 'object' && child !== null ? (child as Json) : {};
      define(parent, key, object);
      parent = object;
    }
    define(parent, param.path.at(-1)!, read(param));
  }
  return input;
}

/** Assignment would reach the prototype for a key such as __proto__. */
function define(object: Json, key: string, value: unknown): void {
  Object.defineProperty(object, key, { value, writable: true, enumerable: true, configurable: true });
}

function explain(error: z.ZodError, schema: KindSchema): string {
  const known = Object.keys(
    z.toJSONSchema(schema.input, { io: 'input', unrepresentable: 'any' }).properties ?? {},
  );
  const unknown = error.issues
    .filter((issue) => issue.code === 'unrecognized_keys' && issue.path.length === 0)
    .flatMap((issue) => (issue.code === 'unrecognized_keys' ? issue.keys : []));
  return [z.prettifyError(error), ...unknown.map((key) => unknownName('field', key, known))].join('\n');
}
