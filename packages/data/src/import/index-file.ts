/**
 * A table beside the images that says of each its class, its split and whatever else is known: CSV with a header, or
 * JSON as an array of objects.
 */
import path from 'node:path';
import { parse } from 'csv-parse/sync';
import { z } from 'zod';
import type { Column } from '../dataset.ts';
import { SourceError } from '../errors.ts';
import type { Label, Labelling } from './labelling.ts';
import type { SourceFile } from './source.ts';

const names = ['index', 'labels', 'metadata'];

export const isIndexFile = (file: string): boolean =>
  names.some((name) => [`${name}.csv`, `${name}.json`].includes(path.posix.basename(file).toLowerCase()));

/** What others call the same columns. */
const aliases = {
  file: ['file', 'file_name', 'filename', 'path', 'image'],
  class: ['class', 'label', 'class_name', 'category'],
  split: ['split', 'subset', 'partition'],
} as const;

type Value = string | number | null;
type Row = Readonly<Record<string, Value>>;

const jsonRows = z
  .array(z.record(z.string(), z.union([z.string(), z.number(), z.boolean().transform(Number), z.null()])))
  .min(1);

/**
 * @param present paths of the images that there are
 * @param classNames of numbered classes, in their order
 * @throws SourceError INDEX_MALFORMED
 */
export function indexLabels(
  index: SourceFile,
  present: ReadonlySet<string>,
  classNames: readonly string[] | undefined,
): Labelling {
  const rows = rowsOf(index);
  const keys = Object.keys(rows[0]!);
  const keyOf = (role: keyof typeof aliases) =>
    keys.find((key) => (aliases[role] as readonly string[]).includes(key.toLowerCase()));
  const fileKey = keyOf('file');
  if (fileKey === undefined)
    throw malformed(index, `no column names the files: call one \`file\`; there are ${keys.join(', ')}`);
  const [classKey, splitKey] = [keyOf('class'), keyOf('split')];
  const columns = columnsOf(
    index,
    rows,
    keys.filter((key) => ![fileKey, classKey, splitKey].includes(key)),
  );
  const { classes, labelOf } = classesOf(
    index,
    classKey === undefined ? [] : rows.map((row) => row[classKey] ?? null),
    classNames,
  );
  const folder = path.posix.dirname(index.path);
  const labels = new Map<string, Label>();
  for (const row of rows) {
    const file = path.posix.join(folder, String(row[fileKey] ?? ''));
    if (labels.has(file)) throw malformed(index, `${file} is listed twice`);
    labels.set(file, {
      split: splitKey === undefined ? 'all' : String(row[splitKey] ?? 'all'),
      label: classKey === undefined ? null : labelOf(row[classKey] ?? null),
      columns: Object.fromEntries(columns.map(({ name }) => [name, row[name] ?? null])),
    });
  }
  return { classes, columns, labels, missing: [...labels.keys()].filter((file) => !present.has(file)) };
}

function rowsOf(index: SourceFile): readonly Row[] {
  const text = new TextDecoder().decode(index.bytes);
  try {
    if (index.path.toLowerCase().endsWith('.json')) return jsonRows.parse(JSON.parse(text));
    const rows: Record<string, string>[] = parse(text, {
      columns: true,
      bom: true,
      skip_empty_lines: true,
      trim: true,
    });
    if (rows.length > 0) return numbersIn(rows);
  } catch (error) {
    const fault = error instanceof z.ZodError ? z.prettifyError(error) : (error as Error).message;
    throw malformed(index, `${fault}. It must be a list of { file, class, split, ... }`);
  }
  throw malformed(index, 'it lists no images');
}

/** CSV has no types: a column is numeric where all that is in it are numbers. */
function numbersIn(rows: readonly Readonly<Record<string, string>>[]): Row[] {
  const numeric = new Set(
    Object.keys(rows[0]!).filter((key) =>
      rows.every((row) => row[key] === '' || (row[key] !== undefined && Number.isFinite(Number(row[key])))),
    ),
  );
  const read = (key: string, text: string): Value => {
    if (text === '') return null;
    return numeric.has(key) ? Number(text) : text;
  };
  return rows.map((row) =>
    Object.fromEntries(Object.entries(row).map(([key, text]) => [key, read(key, text)])),
  );
}

function columnsOf(index: SourceFile, rows: readonly Row[], keys: readonly string[]): Column[] {
  return keys.map((name) => {
    const types = new Set(
      rows.flatMap((row) => (row[name] === null || row[name] === undefined ? [] : typeof row[name])),
    );
    if (types.size > 1)
      throw malformed(index, `the column ${JSON.stringify(name)} holds both text and numbers`);
    return { name, type: types.has('number') ? 'number' : 'text' };
  });
}

interface Classes {
  readonly classes: readonly string[];
  readonly labelOf: (value: Value) => number | null;
}

/** Whole numbers are labels as they stand, those that a network was trained with; texts are classes by name. */
function classesOf(
  index: SourceFile,
  values: readonly Value[],
  classNames: readonly string[] | undefined,
): Classes {
  const given = values.filter((value) => value !== null);
  if (given.every((value) => typeof value === 'number')) {
    const odd = given.find((value) => !Number.isInteger(value) || value < 0 || value > 1_000_000);
    if (odd !== undefined)
      throw malformed(index, `${odd} is no class: classes are whole numbers from 0, or names`);
    const count = given.reduce((most, value) => Math.max(most, value + 1), 0);
    if (classNames && classNames.length < count)
      throw malformed(index, `it has classes up to ${count - 1}, and there are ${classNames.length} names`);
    const classes = classNames ?? Array.from({ length: count }, (_, label) => String(label));
    return { classes, labelOf: (value) => value as number | null };
  }
  const classes = classNames ?? [...new Set(given.map(String))].sort();
  const ordinals = new Map(classes.map((name, ordinal) => [name, ordinal]));
  const unknown = given.find((value) => !ordinals.has(String(value)));
  if (unknown !== undefined)
    throw malformed(index, `${JSON.stringify(unknown)} is none of the named classes`);
  return { classes, labelOf: (value) => (value === null ? null : ordinals.get(String(value))!) };
}

const malformed = ({ path: file }: SourceFile, fault: string) =>
  new SourceError('INDEX_MALFORMED', `${file}: ${fault}`);
