/**
 * PyTorch's format since 1.6, and TorchScript's: a zip archive with the pickle `<name>/data.pkl` and the storages
 * `<name>/data/<key>`, which are not compressed and hence can be read by position.
 */
import type { CheckpointFile } from './checkpoint-file.ts';
import { checkpointOf, type Checkpoint } from './checkpoint.ts';
import { dtypes } from './dtype.ts';
import { byteSource } from './pickle/byte-source.ts';
import { unpickle } from './pickle/pickle-machine.ts';
import { stateDict } from './pickle/state-dict.ts';
import { torchGlobal, torchStorage } from './pickle/torch-globals.ts';
import type { TorchStorage } from './pickle/torch-values.ts';
import type { Place } from './stored-tensor.ts';
import { storedTensors } from './torch-storages.ts';
import { malformedZip, readZipArchive, type ZipArchive } from './zip-archive.ts';

const pickleName = /^(?:.*\/)?data\.pkl$/;

/** @throws TruncatedCheckpointError, MalformedCheckpointError, ForbiddenPickleGlobalError, UnsupportedDtypeError */
export async function readZippedPytorch(file: CheckpointFile): Promise<Checkpoint> {
  const archive = await readZipArchive(file);
  const pickle = archive.names.filter((name) => pickleName.test(name));
  if (pickle.length !== 1) throw malformedZip(file, `it has ${pickle.length} files data.pkl instead of one`);
  const folder = pickle[0]!.slice(0, -'data.pkl'.length);

  const { begin, bytes } = await archive.place(pickle[0]!);
  const source = byteSource(file, begin, begin + bytes);
  const storages = new Map<string, TorchStorage>();
  const scripted = archive.names.some(
    (name) => name === `${folder}constants.pkl` || name.startsWith(`${folder}code/`),
  );
  const root = unpickle(source, {
    resolve: (name) => torchGlobal(file.path, name, scripted),
    persistent(id, fail) {
      const storage = torchStorage(id, fail);
      storages.set(storage.key, storage);
      return storage;
    },
  });
  const { tensors, metadata } = stateDict(root, source.fail);

  const places = new Map<string, Place>();
  for (const { key, dtype, length } of storages.values()) {
    const place = await archive.place(`${folder}data/${key}`);
    if (place.bytes < length * dtypes[dtype].bytes) {
      throw malformedZip(
        file,
        `storage "${key}" has ${place.bytes} bytes for ${length} elements of ${dtype}`,
      );
    }
    places.set(key, place);
  }
  const bigEndian = await isBigEndian(file, archive, `${folder}byteorder`);
  return checkpointOf(file, {
    format: 'pytorch',
    metadata,
    tensors: storedTensors(file, tensors, places, bigEndian),
  });
}

async function isBigEndian(file: CheckpointFile, archive: ZipArchive, name: string): Promise<boolean> {
  if (!archive.names.includes(name)) return false;
  const { begin, bytes } = await archive.place(name);
  return Buffer.from(await file.read(begin, begin + bytes)).toString('latin1') === 'big';
}
