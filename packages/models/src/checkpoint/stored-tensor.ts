/** Where the values of a tensor lie, and how they are read from there. */
import type { CheckpointFile } from './checkpoint-file.ts';
import { MalformedCheckpointError } from './checkpoint-errors.ts';
import { dtypes, type DtypeName } from './dtype.ts';
import { gather, rowMajorStrides } from './strided.ts';

export interface StoredTensor {
  readonly dtype: DtypeName;
  readonly shape: readonly number[];
  /** The byte of the file at which it begins, or, of a tensor that is not stored as bytes, the bytes themselves. */
  readonly place: number | Uint8Array<ArrayBuffer>;
  /** In elements. Default: row-major, without gaps. */
  readonly strides?: readonly number[];
  readonly bigEndian?: boolean;
}

/** A run of bytes in the file. */
export interface Place {
  readonly begin: number;
  readonly bytes: number;
}

/** Values are decoded in pieces of this size, so that a large tensor is never held twice. */
const pieceBytes = 1024 * 1024;

/** As many axes as PyTorch's own tensors can have. */
export const maximalRank = 64;

const wordArrays = { 1: Uint8Array, 2: Uint16Array, 4: Uint32Array, 8: BigUint64Array };

export function elementCount(shape: readonly number[]): number {
  return shape.reduce((product, length) => product * length, 1);
}

/** From the first to the last byte of a tensor that lies in gaps and repetitions. */
export function spanBytes({ dtype, shape, strides }: Omit<StoredTensor, 'place'>): number {
  const count = elementCount(shape);
  if (!strides || count === 0) return count * dtypes[dtype].bytes;
  const last = shape.reduce((sum, length, axis) => sum + (length - 1) * strides[axis]!, 0);
  return (last + 1) * dtypes[dtype].bytes;
}

/**
 * That a tensor lies within `limit` bytes from where it begins, and takes no more memory than its file is long.
 * @throws MalformedCheckpointError
 */
export function checkExtent(
  file: CheckpointFile,
  format: string,
  name: string,
  tensor: StoredTensor,
  limit: number,
): void {
  const { dtype, shape } = tensor;
  const fail = (fault: string): never => {
    throw new MalformedCheckpointError(file.path, format, `tensor "${name}" ${fault}`);
  };
  if (shape.length > maximalRank) fail(`has ${shape.length} axes`);
  const bytes = elementCount(shape) * dtypes[dtype].bytes;
  if (bytes > file.size) fail(`of ${dtype} [${shape.join(', ')}] would be larger than the file`);
  if (spanBytes(tensor) > limit) {
    fail(`of ${dtype} [${shape.join(', ')}] reaches ${spanBytes(tensor)} bytes far, of ${limit}`);
  }
}

/** Strides that say no more than the shape does are left out. */
export function simplifyStrides(
  shape: readonly number[],
  strides: readonly number[],
): readonly number[] | undefined {
  const expected = rowMajorStrides(shape);
  return shape.every((length, axis) => length <= 1 || strides[axis] === expected[axis]) ? undefined : strides;
}

/** Row-major, as float32. */
export async function readValues(file: CheckpointFile, tensor: StoredTensor): Promise<Float32Array> {
  const { dtype, shape, place, strides, bigEndian } = tensor;
  const { bytes, decode } = dtypes[dtype];
  if (typeof place !== 'number' || strides || bigEndian) {
    return Float32Array.from(decode((await readStored(file, tensor)).buffer));
  }
  const values = new Float32Array(elementCount(shape));
  if (dtype === 'F32') {
    await file.readInto(new Uint8Array(values.buffer), place);
    return values;
  }
  const end = place + values.length * bytes;
  for (let from = place; from < end; from += pieceBytes) {
    const piece = await file.read(from, Math.min(from + pieceBytes, end));
    values.set(decode(piece.buffer), (from - place) / bytes);
  }
  return values;
}

/** Row-major, little-endian, as stored; the bytes are the caller's. */
export async function readStored(
  file: CheckpointFile,
  tensor: StoredTensor,
): Promise<Uint8Array<ArrayBuffer>> {
  const { dtype, place, bigEndian } = tensor;
  const span = typeof place === 'number' ? await file.read(place, place + spanBytes(tensor)) : place.slice();
  const stored = packed(span, tensor);
  if (bigEndian) swapBytes(stored, dtypes[dtype].bytes);
  return stored;
}

function packed(
  span: Uint8Array<ArrayBuffer>,
  { dtype, shape, strides }: StoredTensor,
): Uint8Array<ArrayBuffer> {
  if (!strides) return span;
  const words = wordArrays[dtypes[dtype].bytes];
  const to = new words(elementCount(shape));
  gather(new words(span.buffer), to, shape, strides);
  return new Uint8Array(to.buffer);
}

function swapBytes(packed: Uint8Array<ArrayBuffer>, bytes: 1 | 2 | 4 | 8): void {
  const buffer = Buffer.from(packed.buffer);
  if (bytes === 2) buffer.swap16();
  if (bytes === 4) buffer.swap32();
  if (bytes === 8) buffer.swap64();
}
