/**
 * PyTorch's format before 1.6: five pickles (magic number, protocol, facts about the writer, the object, the keys
 * of its storages), then the storages one after another, each after its length.
 * https://github.com/pytorch/pytorch/blob/main/torch/serialization.py (`_legacy_load`)
 */
import type { CheckpointFile } from './checkpoint-file.ts';
import { checkpointOf, type Checkpoint } from './checkpoint.ts';
import { dtypes } from './dtype.ts';
import { byteSource } from './pickle/byte-source.ts';
import { unpickle } from './pickle/pickle-machine.ts';
import { stateDict } from './pickle/state-dict.ts';
import { torchEnvironment } from './pickle/torch-globals.ts';
import type { Place } from './stored-tensor.ts';
import { storedTensors } from './torch-storages.ts';

const magic = 0x1950a86a20f9469cfc6cn;
const formatVersion = 1001;

/** @throws TruncatedCheckpointError, MalformedCheckpointError, ForbiddenPickleGlobalError, UnsupportedDtypeError */
export async function readLegacyPytorch(file: CheckpointFile): Promise<Checkpoint> {
  const source = byteSource(file, 0, file.size);
  const { fail } = source;
  const environment = torchEnvironment(file.path, false);
  const read = (): unknown => unpickle(source, environment);

  if (read() !== magic) fail('it is a pickle, but not one that torch.save wrote');
  if (read() !== formatVersion) fail(`it is not of the version ${formatVersion}`);
  const facts = read();
  const { tensors, metadata } = stateDict(read(), fail);
  const keys = read();
  if (!Array.isArray(keys)) return fail('it does not list its storages');

  const places = new Map<string, Place>();
  let position = source.position;
  for (const key of keys) {
    const storage = environment.storages.get(key as string);
    if (!storage) return fail('it lists a storage that no tensor has');
    const length = Number(
      new DataView((await file.read(position, position + 8)).buffer).getBigInt64(0, true),
    );
    if (length !== storage.length) {
      fail(`storage "${storage.key}" has ${length} elements, its tensors expect ${storage.length}`);
    }
    const bytes = length * dtypes[storage.dtype].bytes;
    places.set(storage.key, { begin: position + 8, bytes });
    position += 8 + bytes;
  }
  const bigEndian = facts instanceof Map && facts.get('little_endian') === false;
  return checkpointOf(file, {
    format: 'pytorch',
    metadata,
    tensors: storedTensors(file, tensors, places, bigEndian),
  });
}
