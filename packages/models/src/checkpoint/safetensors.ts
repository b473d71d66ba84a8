/**
 * The safetensors format: eight bytes with the length of the header, a JSON header that gives each tensor's
 * type, shape and place, then the values without gaps. https://github.com/huggingface/safetensors#format
 */
import { open, type FileHandle } from 'node:fs/promises';
import { z } from 'zod';
import type { Checkpoint } from './checkpoint.ts';
import { dtypes, encode, type DtypeName } from './dtype.ts';
import { MalformedCheckpointError, TruncatedCheckpointError } from './checkpoint-errors.ts';
import { writeAtomically } from '../write-atomically.ts';

/** The limit of the reference implementation. */
const maximalHeaderBytes = 100_000_000;

const prefixBytes = 8;

/** Values are decoded in pieces of this size, so that a large tensor is never held twice. */
const pieceBytes = 4 * 1024 * 1024;

const entrySchema = z.strictObject({
  dtype: z.enum(Object.keys(dtypes) as [DtypeName, ...DtypeName[]]),
  shape: z.array(z.int().nonnegative()),
  data_offsets: z.tuple([z.int().nonnegative(), z.int().nonnegative()]),
});

const headerSchema = z
  .object({ __metadata__: z.record(z.string(), z.string()).optional() })
  .catchall(entrySchema);

interface Entry {
  readonly name: string;
  readonly dtype: DtypeName;
  readonly shape: readonly number[];
  /** From the start of the file. */
  readonly begin: number;
  readonly end: number;
}

/**
 * Opens a file and checks its header in full; values are read tensor by tensor, when asked for.
 * @throws TruncatedCheckpointError, MalformedCheckpointError
 */
export async function openSafetensors(path: string): Promise<Checkpoint> {
  const file = await open(path);
  try {
    const { size } = await file.stat();
    const { metadata, entries } = await readHeader(file, path, size);
    const byName = new Map(entries.map((entry) => [entry.name, entry]));
    return {
      format: 'safetensors',
      metadata,
      tensors: byName,
      async read(name) {
        const entry = byName.get(name);
        if (!entry) throw new MalformedCheckpointError(path, `it holds no tensor "${name}"`);
        return readValues(file, path, entry);
      },
      [Symbol.asyncDispose]: () => file.close(),
    };
  } catch (error) {
    await file.close();
    throw error;
  }
}

async function readHeader(
  file: FileHandle,
  path: string,
  size: number,
): Promise<{ metadata: Record<string, string>; entries: Entry[] }> {
  if (size < prefixBytes) throw new TruncatedCheckpointError(path, size, prefixBytes);
  const prefix = await readBytes(file, path, 0, prefixBytes);
  const length = Number(new DataView(prefix).getBigUint64(0, true));
  if (length > maximalHeaderBytes) {
    throw new MalformedCheckpointError(
      path,
      `its header would be ${length} bytes long, beyond the limit of ${maximalHeaderBytes}: this is hardly a safetensors file`,
    );
  }
  const dataBegin = prefixBytes + length;
  if (size < dataBegin) throw new TruncatedCheckpointError(path, size, dataBegin);

  const { __metadata__: metadata = {}, ...tensors } = parseHeader(
    path,
    await readBytes(file, path, prefixBytes, dataBegin),
  );
  const entries = Object.entries(tensors).map(
    ([
      name,
      {
        dtype,
        shape,
        data_offsets: [begin, end],
      },
    ]) => ({
      name,
      dtype,
      shape,
      begin: dataBegin + begin,
      end: dataBegin + end,
    }),
  );
  checkLayout(path, entries, dataBegin, size);
  return { metadata, entries };
}

function parseHeader(path: string, bytes: ArrayBuffer): z.infer<typeof headerSchema> {
  let json: unknown;
  try {
    json = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
  } catch (error) {
    throw new MalformedCheckpointError(path, 'its header is not JSON', { cause: error });
  }
  const parsed = headerSchema.safeParse(json);
  if (!parsed.success) {
    throw new MalformedCheckpointError(path, `its header is wrong: ${z.prettifyError(parsed.error)}`);
  }
  return parsed.data;
}

/** Tensors must fill the file from the header to its end, each as long as its type and shape say. */
function checkLayout(path: string, entries: readonly Entry[], dataBegin: number, size: number): void {
  let position = dataBegin;
  for (const { name, dtype, shape, begin, end } of entries.toSorted(
    (a, b) => a.begin - b.begin || a.end - b.end,
  )) {
    if (begin !== position) {
      const what = begin > position ? 'a gap' : 'an overlap';
      throw new MalformedCheckpointError(path, `there is ${what} before tensor "${name}" at byte ${begin}`);
    }
    const expected = shape.reduce((product, length) => product * length, dtypes[dtype].bytes);
    if (end - begin !== expected) {
      throw new MalformedCheckpointError(
        path,
        `tensor "${name}" of ${dtype} [${shape.join(', ')}] takes ${expected} bytes, its place has ${end - begin}`,
      );
    }
    position = end;
  }
  if (size < position) throw new TruncatedCheckpointError(path, size, position);
  if (size > position) {
    throw new MalformedCheckpointError(path, `${size - position} bytes follow its last tensor`);
  }
}

async function readValues(
  file: FileHandle,
  path: string,
  { dtype, begin, end }: Entry,
): Promise<Float32Array> {
  const { bytes, decode } = dtypes[dtype];
  const values = new Float32Array((end - begin) / bytes);
  for (let from = begin; from < end; from += pieceBytes) {
    const raw = await readBytes(file, path, from, Math.min(from + pieceBytes, end));
    values.set(decode(raw), (from - begin) / bytes);
  }
  return values;
}

async function readBytes(file: FileHandle, path: string, begin: number, end: number): Promise<ArrayBuffer> {
  const bytes = new Uint8Array(end - begin);
  let filled = 0;
  while (filled < bytes.length) {
    const { bytesRead } = await file.read(bytes, filled, bytes.length - filled, begin + filled);
    if (bytesRead === 0) throw new TruncatedCheckpointError(path, begin + filled, end);
    filled += bytesRead;
  }
  return bytes.buffer;
}

export interface NamedTensor {
  readonly name: string;
  /** In the checkpoint's layout. */
  readonly shape: readonly number[];
  /** Row-major. */
  readonly values: Float32Array;
}

interface WriteOptions {
  readonly dtype: 'F16' | 'F32';
  readonly metadata?: Readonly<Record<string, string>>;
}

/** The bytes of a safetensors file: the same tensors in the same order give the same bytes. */
export function encodeSafetensors(
  tensors: readonly NamedTensor[],
  { dtype, metadata }: WriteOptions,
): Uint8Array {
  const header: Record<string, unknown> = metadata ? { __metadata__: metadata } : {};
  let position = 0;
  for (const { name, shape, values } of tensors) {
    const end = position + values.length * dtypes[dtype].bytes;
    header[name] = { dtype, shape, data_offsets: [position, end] };
    position = end;
  }
  const json = Buffer.from(JSON.stringify(header));
  const padded = Buffer.concat([json, Buffer.alloc(-json.length & 7, ' ')]);
  const prefix = Buffer.alloc(prefixBytes);
  prefix.writeBigUInt64LE(BigInt(padded.length));
  return Buffer.concat([prefix, padded, ...tensors.map(({ values }) => encode(values, dtype))]);
}

export async function writeSafetensors(
  path: string,
  tensors: readonly NamedTensor[],
  options: WriteOptions,
): Promise<void> {
  await writeAtomically(path, encodeSafetensors(tensors, options));
}
