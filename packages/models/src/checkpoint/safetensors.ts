/**
 * The safetensors format: eight bytes with the length of the header, a JSON header that gives each tensor's
 * type, shape and place, then the values without gaps. https://github.com/huggingface/safetensors#format
 */
import { z } from 'zod';
import { openWith, type CheckpointFile } from './checkpoint-file.ts';
import {
  MalformedCheckpointError,
  TruncatedCheckpointError,
  UnsupportedDtypeError,
} from './checkpoint-errors.ts';
import { checkpointOf, maximalTensors, type Checkpoint } from './checkpoint.ts';
import { dtypeNames, type DtypeName } from './dtype.ts';
import { spanBytes } from './stored-tensor.ts';

/** The limit of the reference implementation. */
const maximalHeaderBytes = 100_000_000;

const prefixBytes = 8;

const entrySchema = z.strictObject({
  dtype: z.string(),
  shape: z.array(z.int().nonnegative()),
  data_offsets: z.tuple([z.int().nonnegative(), z.int().nonnegative()]),
});

const headerSchema = z
  .object({ __metadata__: z.record(z.string(), z.string()).optional() })
  .catchall(entrySchema);

interface Entry {
  readonly dtype: DtypeName;
  readonly shape: readonly number[];
  /** From the start of the file. */
  readonly place: number;
  readonly end: number;
}

/**
 * Opens a file and checks its header in full; values are read tensor by tensor, when asked for.
 * @throws UnreadableCheckpointError, TruncatedCheckpointError, MalformedCheckpointError, UnsupportedDtypeError
 */
export function openSafetensors(path: string): Promise<Checkpoint> {
  return openWith(path, readSafetensors);
}

/** The same of a file that is open; the checkpoint owns it then. */
export async function readSafetensors(file: CheckpointFile): Promise<Checkpoint> {
  const { metadata, tensors } = await readHeader(file);
  return checkpointOf(file, { format: 'safetensors', metadata, tensors });
}

function malformed(path: string, fault: string, options?: ErrorOptions): MalformedCheckpointError {
  return new MalformedCheckpointError(path, 'safetensors', fault, options);
}

async function readHeader(
  file: CheckpointFile,
): Promise<{ metadata: Record<string, string>; tensors: Map<string, Entry> }> {
  const { path, size } = file;
  const prefix = await file.read(0, prefixBytes);
  const length = Number(new DataView(prefix.buffer).getBigUint64(0, true));
  if (length > maximalHeaderBytes) {
    throw malformed(
      path,
      `its header would be ${length} bytes long, beyond the limit of ${maximalHeaderBytes}: this is hardly a safetensors file`,
    );
  }
  const dataBegin = prefixBytes + length;
  const { __metadata__: metadata = {}, ...entries } = parseHeader(
    path,
    await file.read(prefixBytes, dataBegin),
  );
  const tensors = new Map(
    Object.entries(entries).map(
      ([
        name,
        {
          dtype,
          shape,
          data_offsets: [begin, end],
        },
      ]) => [
        name,
        { dtype: supportedDtype(path, dtype), shape, place: dataBegin + begin, end: dataBegin + end },
      ],
    ),
  );
  checkLayout(path, tensors, dataBegin, size);
  return { metadata, tensors };
}

function parseHeader(path: string, bytes: Uint8Array): z.infer<typeof headerSchema> {
  let json: unknown;
  try {
    json = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
  } catch (error) {
    throw malformed(path, 'its header is not JSON', { cause: error });
  }
  const count = typeof json === 'object' && json ? Object.keys(json).length : 0;
  if (count > maximalTensors) throw malformed(path, `its header lists ${count} tensors`);
  const parsed = headerSchema.safeParse(json);
  if (!parsed.success) {
    const [{ path: place, message }] = parsed.error.issues as [z.core.$ZodIssue];
    throw malformed(path, `its header is wrong at ${place.join('.') || 'its beginning'}: ${message}`);
  }
  return parsed.data;
}

function supportedDtype(path: string, dtype: string): DtypeName {
  const known = dtypeNames.find((name) => name === dtype);
  if (!known) throw new UnsupportedDtypeError(path, dtype, dtypeNames);
  return known;
}

/** Tensors must fill the file from the header to its end, each as long as its type and shape say. */
function checkLayout(
  path: string,
  tensors: ReadonlyMap<string, Entry>,
  dataBegin: number,
  size: number,
): void {
  let position = dataBegin;
  for (const [name, tensor] of [...tensors].toSorted(([, a], [, b]) => a.place - b.place || a.end - b.end)) {
    const { dtype, shape, place, end } = tensor;
    if (place !== position) {
      const what = place > position ? 'a gap' : 'an overlap';
      throw malformed(path, `there is ${what} before tensor "${name}" at byte ${place}`);
    }
    if (end - place !== spanBytes(tensor)) {
      throw malformed(
        path,
        `tensor "${name}" of ${dtype} [${shape.join(', ')}] takes ${spanBytes(tensor)} bytes, its place has ${end - place}`,
      );
    }
    position = end;
  }
  if (size < position) throw new TruncatedCheckpointError(path, size, position);
  if (size > position) throw malformed(path, `${size - position} bytes follow its last tensor`);
}
