/**
 * PyTorch's format since 1.6, and TorchScript's: a zip archive with the pickle `<name>/data.pkl` and the storages
 * `<name>/data/<key>`, which are not compressed and hence can be read by position.
 */
import type { Entry, ZipFile } from 'yauzl';
import { fromFdPromise } from 'yauzl';
import type { CheckpointFile } from './checkpoint-file.ts';
import { MalformedCheckpointError, TruncatedCheckpointError } from './checkpoint-errors.ts';
import { checkpointOf, type Checkpoint } from './checkpoint.ts';
import { dtypes } from './dtype.ts';
import { byteSource } from './pickle/byte-source.ts';
import { unpickle } from './pickle/pickle-machine.ts';
import { stateDict } from './pickle/state-dict.ts';
import { torchGlobal, torchStorage } from './pickle/torch-globals.ts';
import type { TorchStorage } from './pickle/torch-values.ts';
import { storedTensors, type StoragePlace } from './torch-storages.ts';

const pickleName = /^(?:.*\/)?data\.pkl$/;

/** @throws TruncatedCheckpointError, MalformedCheckpointError, ForbiddenPickleGlobalError, UnsupportedDtypeError */
export async function readZippedPytorch(file: CheckpointFile): Promise<Checkpoint> {
  const archive = await openArchive(file);
  const pickle = archive.names.filter((name) => pickleName.test(name));
  if (pickle.length !== 1) throw malformed(file, `it has ${pickle.length} files data.pkl instead of one`);
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

  const places = new Map<string, StoragePlace>();
  for (const { key, dtype, length } of storages.values()) {
    const place = await archive.place(`${folder}data/${key}`);
    if (place.bytes < length * dtypes[dtype].bytes) {
      throw malformed(file, `storage "${key}" has ${place.bytes} bytes for ${length} elements of ${dtype}`);
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

function malformed(file: CheckpointFile, fault: string, options?: ErrorOptions): MalformedCheckpointError {
  return new MalformedCheckpointError(file.path, 'a PyTorch zip archive', fault, options);
}

interface Archive {
  readonly names: readonly string[];
  /** Where the contents of a file of the archive lie. */
  place(name: string): Promise<StoragePlace>;
}

async function openArchive(file: CheckpointFile): Promise<Archive> {
  const { zip, entries } = await readDirectory(file);
  return {
    names: [...entries.keys()],
    async place(name) {
      const entry = entries.get(name);
      if (!entry) throw malformed(file, `it has no file "${name}"`);
      if (entry.compressionMethod !== 0 || entry.isEncrypted()) {
        throw malformed(file, `its file "${name}" is compressed or encrypted, which PyTorch does not do`);
      }
      const begin = await contentsBegin(file, zip, entry);
      if (begin + entry.uncompressedSize > file.size) {
        throw new TruncatedCheckpointError(file.path, file.size, begin + entry.uncompressedSize);
      }
      return { begin, bytes: entry.uncompressedSize };
    },
  };
}

async function readDirectory(file: CheckpointFile): Promise<{ zip: ZipFile; entries: Map<string, Entry> }> {
  const entries = new Map<string, Entry>();
  try {
    const zip = await fromFdPromise(file.descriptor, { autoClose: false });
    for await (const entry of zip.eachEntry()) entries.set(entry.fileName, entry);
    return { zip, entries };
  } catch (error) {
    throw malformed(file, `its directory cannot be read: ${(error as Error).message}`, { cause: error });
  }
}

async function contentsBegin(file: CheckpointFile, zip: ZipFile, entry: Entry): Promise<number> {
  try {
    return (await zip.readLocalFileHeaderPromise(entry, { minimal: true })).fileDataStart;
  } catch (error) {
    throw malformed(file, `its file "${entry.fileName}" is not where its directory says`, { cause: error });
  }
}

async function isBigEndian(file: CheckpointFile, archive: Archive, name: string): Promise<boolean> {
  if (!archive.names.includes(name)) return false;
  const { begin, bytes } = await archive.place(name);
  return Buffer.from(await file.read(begin, begin + bytes)).toString('latin1') === 'big';
}
