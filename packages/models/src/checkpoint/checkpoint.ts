/** What the rest of the system asks of weights on disk, whatever their format. */
import type { CheckpointFile } from './checkpoint-file.ts';
import { UnknownTensorError } from './checkpoint-errors.ts';
import type { DtypeName } from './dtype.ts';
import { readStored, readValues, type StoredTensor } from './stored-tensor.ts';

/** Published models have a few thousand tensors: a file that lists so many more only takes time and memory. */
export const maximalTensors = 100_000;

export type CheckpointFormat = 'safetensors' | 'pytorch' | 'graphdef' | 'onnx';

/**
 * Opening one reads no values: they are read tensor by tensor, when asked for, so that memory is bounded by
 * the largest tensor.
 */
export interface Checkpoint extends AsyncDisposable {
  readonly format: CheckpointFormat;
  /** Free text that the file carries about itself, and what was left out of its names. */
  readonly metadata: Readonly<Record<string, string>>;
  /** In the layout of the format: PyTorch's and safetensors' kernels are OIHW, those of a GraphDef HWIO. */
  readonly tensors: ReadonlyMap<string, { readonly shape: readonly number[]; readonly dtype: DtypeName }>;
  /** The values of one tensor in row-major order, as float32 whatever they are stored as. */
  read(name: string): Promise<Float32Array>;
  /** The values of one tensor in row-major order, as they are stored, little-endian. */
  readStored(name: string): Promise<Uint8Array<ArrayBuffer>>;
}

interface Contents {
  readonly format: CheckpointFormat;
  readonly metadata: Readonly<Record<string, string>>;
  readonly tensors: ReadonlyMap<string, StoredTensor>;
}

/** The checkpoint of a file in which the place of each tensor has been found. Takes ownership of the file. */
export function checkpointOf(file: CheckpointFile, { format, metadata, tensors }: Contents): Checkpoint {
  const find = (name: string): StoredTensor => {
    const tensor = tensors.get(name);
    if (!tensor) throw new UnknownTensorError(file.path, name, [...tensors.keys()]);
    return tensor;
  };
  return {
    format,
    metadata,
    tensors,
    read: async (name) => readValues(file, find(name)),
    readStored: async (name) => readStored(file, find(name)),
    [Symbol.asyncDispose]: () => file[Symbol.asyncDispose](),
  };
}
