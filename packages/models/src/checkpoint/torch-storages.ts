/** From PyTorch's tensors, which are views of storages, to where their values lie in the file. */
import type { CheckpointFile } from './checkpoint-file.ts';
import { MalformedCheckpointError } from './checkpoint-errors.ts';
import { dtypes } from './dtype.ts';
import type { TorchTensor } from './pickle/torch-values.ts';
import { checkExtent, simplifyStrides, type Place, type StoredTensor } from './stored-tensor.ts';

/** @throws MalformedCheckpointError, TruncatedCheckpointError */
export function storedTensors(
  file: CheckpointFile,
  tensors: ReadonlyMap<string, TorchTensor>,
  places: ReadonlyMap<string, Place>,
  bigEndian: boolean,
): Map<string, StoredTensor> {
  return new Map(
    [...tensors].map(([name, tensor]) => {
      const place = places.get(tensor.storage.key);
      if (!place) {
        throw new MalformedCheckpointError(
          file.path,
          'a PyTorch file',
          `the storage "${tensor.storage.key}" of tensor "${name}" is missing`,
        );
      }
      return [name, storedTensor(file, name, tensor, place, bigEndian)];
    }),
  );
}

function storedTensor(
  file: CheckpointFile,
  name: string,
  { storage, dtype, shape, strides, offset }: TorchTensor,
  place: Place,
  bigEndian: boolean,
): StoredTensor {
  const skipped = storage.offset * dtypes[storage.dtype].bytes + offset * dtypes[dtype].bytes;
  const stored: StoredTensor = {
    dtype,
    shape,
    place: place.begin + skipped,
    strides: simplifyStrides(shape, strides),
    bigEndian,
  };
  checkExtent(file, 'a PyTorch file', name, stored, place.bytes - skipped);
  return stored;
}
