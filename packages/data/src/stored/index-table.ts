/**
 * What is known of every image of a stored dataset, as an Arrow file: compact, and read by pandas, Polars and DuckDB as
 * it is. Rows lie in the order of splits, and within a split in that of ids.
 */
import {
  Dictionary,
  FixedSizeBinary,
  Float64,
  Int32,
  makeData,
  makeVector,
  Table,
  tableFromIPC,
  tableToIPC,
  Utf8,
  vectorFromArray,
  type Vector,
} from 'apache-arrow';
import type { Column, ImageEntry } from '../dataset.ts';
import type { Place } from './pack-writer.ts';

export interface StoredImage extends ImageEntry, Place {
  readonly split: string;
  readonly channels: 1 | 3;
  /** Of the file; null for raw pixels. */
  readonly mediaType: string | null;
  /** Of the stored bytes. */
  readonly sha256: Uint8Array;
}

export interface IndexTable {
  readonly count: number;
  /** Row by row, beginning with the first split. */
  row(index: number): StoredImage;
}

/** Keeps the dataset's own columns apart from ours. */
const prefix = 'columns.';

const sha256Bytes = 32;

export function writeIndex(images: readonly StoredImage[], columns: readonly Column[]): Uint8Array {
  const texts = (values: readonly (string | null)[]) => vectorFromArray(values, new Utf8());
  const names = (values: readonly (string | null)[]) =>
    vectorFromArray(values, new Dictionary(new Utf8(), new Int32()));
  const integers = (values: readonly (number | null)[]) => vectorFromArray(values, new Int32());
  const numbers = (values: readonly (number | null)[]) => vectorFromArray(values, new Float64());
  const own = columns.map(({ name, type }) => {
    const values = images.map((image) => image.columns[name] ?? null);
    return [
      prefix + name,
      type === 'number' ? numbers(values as number[]) : texts(values as string[]),
    ] as const;
  });
  const table = new Table({
    id: texts(images.map(({ id }) => id)),
    split: names(images.map(({ split }) => split)),
    label: integers(images.map(({ label }) => label)),
    height: integers(images.map(({ height }) => height)),
    width: integers(images.map(({ width }) => width)),
    channels: integers(images.map(({ channels }) => channels)),
    mediaType: names(images.map(({ mediaType }) => mediaType)),
    pack: integers(images.map(({ pack }) => pack)),
    offset: numbers(images.map(({ offset }) => offset)),
    length: integers(images.map(({ length }) => length)),
    sha256: digests(images),
    ...Object.fromEntries(own),
  });
  return tableToIPC(table, 'file');
}

function digests(images: readonly StoredImage[]): Vector {
  const data = new Uint8Array(images.length * sha256Bytes);
  for (const [row, { sha256 }] of images.entries()) data.set(sha256, row * sha256Bytes);
  return makeVector(makeData({ type: new FixedSizeBinary(sha256Bytes), length: images.length, data }));
}

/** @throws Error for what is no such table */
export function readIndex(bytes: Uint8Array, columns: readonly Column[]): IndexTable {
  const table = tableFromIPC(bytes);
  const vector = (name: string): Vector => {
    const found = table.getChild(name);
    if (found === null) throw new Error(`the index has no column ${JSON.stringify(name)}`);
    return found;
  };
  const fixed = Object.fromEntries(
    [
      'id',
      'split',
      'label',
      'height',
      'width',
      'channels',
      'mediaType',
      'pack',
      'offset',
      'length',
      'sha256',
    ].map((name) => [name, vector(name)]),
  );
  const own = columns.map(({ name }) => [name, vector(prefix + name)] as const);
  const valuesAt = (vectors: Iterable<readonly [string, Vector]>, row: number) =>
    Object.fromEntries([...vectors].map(([name, values]) => [name, values.get(row)]));
  return {
    count: table.numRows,
    row: (index) =>
      ({
        ...valuesAt(Object.entries(fixed), index),
        columns: valuesAt(own, index),
      }) as unknown as StoredImage,
  };
}
