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
import { torchEnvironment } from './pickle/torch-globals.ts';
import type { TorchStorage } from './pickle/torch-values.ts';
import type { Place } from './stored-tensor.ts';
import { storedTensors } from './torch-storages.ts';
import { malformedZip, readZipArchive, type ZipArchive } from './zip-archive.ts';

const pickleName = /^(?:.*\/)?data\.pkl$/;

/** Beside the pickle, these tell TorchScript. */
const scriptNames = ['constants.pkl', 'code/'];

/** @throws TruncatedCheckpointError, MalformedCheckpointError, ForbiddenPickleGlobalError, UnsupportedDtypeError */
export async function readZippedPytorch(file: CheckpointFile): Promise<Checkpoint> {
  const archive = await readZipArchive(file);
  const pickles = archive.names.filter((name) => pickleName.test(name));
  if (pickles.length !== 1)
    throw malformedZip(file, `it has ${pickles.length} files data.pkl instead of one`);
  const [pickle] = pickles as [string];
  const folder = pickle.slice(0, -'data.pkl'.length);
  const scripted = archive.names.some((name) => scriptNames.some((part) => name.startsWith(folder + part)));

  const { begin, bytes } = await archive.place(pickle);
  const source = byteSource(file, begin, begin + bytes);
  const environment = torchEnvironment(file.path, scripted);
  const { tensors, metadata } = stateDict(unpickle(source, environment), source.fail);

  const places = new Map<string, Place>();
  for (const storage of environment.storages.values()) {
    places.set(storage.key, await placeOf(file, archive, `${folder}data/${storage.key}`, storage));
  }
  const bigEndian = await isBigEndian(file, archive, `${folder}byteorder`);
  return checkpointOf(file, {
    format: 'pytorch',
    metadata,
    tensors: storedTensors(file, tensors, places, bigEndian),
  });
}

async function placeOf(
  file: CheckpointFile,
  archive: ZipArchive,
  name: string,
  { key, dtype, length }: TorchStorage,
): Promise<Place> {
  const place = await archive.place(name);
  if (place.bytes < length * dtypes[dtype].bytes) {
    throw malformedZip(file, `storage "${key}" has ${place.bytes} bytes for ${length} elements of ${dtype}`);
  }
  return place;
}

async function isBigEndian(file: CheckpointFile, archive: ZipArchive, name: string): Promise<boolean> {
  if (!archive.names.includes(name)) return false;
  const { begin, bytes } = await archive.place(name);
  return Buffer.from(await file.read(begin, begin + bytes)).toString('latin1') === 'big';
}
