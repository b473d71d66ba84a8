/// <reference lib="esnext.float16" />
/** Writing the safetensors format: the same tensors give the same bytes. */
import { writeAtomically } from '../write-atomically.ts';
import type { Checkpoint } from './checkpoint.ts';
import { dtypes, encode, type DtypeName } from './dtype.ts';
import { spanBytes } from './stored-tensor.ts';

export interface NamedTensor {
  readonly name: string;
  /** In the checkpoint's layout. */
  readonly shape: readonly number[];
  /** Row-major. */
  readonly values: Float32Array | Float16Array;
}

type Metadata = Readonly<Record<string, string>>;

interface WriteOptions {
  readonly dtype: 'F16' | 'F32';
  readonly metadata?: Metadata;
}

interface HeaderEntry {
  readonly name: string;
  readonly dtype: DtypeName;
  readonly shape: readonly number[];
}

/** The bytes of a safetensors file: the same tensors in the same order give the same bytes. */
export function encodeSafetensors(
  tensors: readonly NamedTensor[],
  { dtype, metadata }: WriteOptions,
): Uint8Array {
  const header = encodeHeader(
    tensors.map(({ name, shape }) => ({ name, shape, dtype })),
    metadata,
  );
  return Buffer.concat([header, ...tensors.map(({ values }) => encode(values, dtype))]);
}

export async function writeSafetensors(
  path: string,
  tensors: readonly NamedTensor[],
  options: WriteOptions,
): Promise<void> {
  await writeAtomically(path, encodeSafetensors(tensors, options));
}

/**
 * Copies a checkpoint of any format, tensor by tensor, with its names, layout and number formats. The order is
 * that of the reference implementation, so that it does not depend on where the tensors come from.
 */
export async function convertToSafetensors(checkpoint: Checkpoint, path: string): Promise<void> {
  const entries = [...checkpoint.tensors]
    .map(([name, { dtype, shape }]) => ({ name, dtype, shape }))
    .toSorted((a, b) => dtypes[b.dtype].bytes - dtypes[a.dtype].bytes || (a.name < b.name ? -1 : 1));
  await writeAtomically(path, contents(checkpoint, entries));
}

async function* contents(
  checkpoint: Checkpoint,
  entries: readonly HeaderEntry[],
): AsyncGenerator<Uint8Array> {
  yield encodeHeader(entries, checkpoint.metadata);
  for (const { name } of entries) yield await checkpoint.readStored(name);
}

function encodeHeader(entries: readonly HeaderEntry[], metadata: Metadata = {}): Uint8Array {
  const header: Record<string, unknown> = Object.keys(metadata).length > 0 ? { __metadata__: metadata } : {};
  let position = 0;
  for (const { name, dtype, shape } of entries) {
    const end = position + spanBytes({ dtype, shape });
    header[name] = { dtype, shape, data_offsets: [position, end] };
    position = end;
  }
  const json = Buffer.from(JSON.stringify(header));
  // Padding to eight bytes keeps the values aligned.
  const padded = Buffer.concat([json, Buffer.alloc(-json.length & 7, ' ')]);
  const prefix = Buffer.alloc(8);
  prefix.writeBigUInt64LE(BigInt(padded.length));
  return Buffer.concat([prefix, padded]);
}
