/** The files of a zip archive, as places: what is not compressed can be read where it lies. */
import { callbackify } from 'node:util';
import { fromRandomAccessReaderPromise, RandomAccessReader, type Entry, type ZipFile } from 'yauzl';
import type { CheckpointFile } from './checkpoint-file.ts';
import { MalformedCheckpointError, TruncatedCheckpointError } from './checkpoint-errors.ts';
import { maximalTensors } from './checkpoint.ts';
import type { Place } from './stored-tensor.ts';

export interface ZipArchive {
  readonly names: readonly string[];
  /** Where the contents of one of its files lie. */
  place(name: string): Promise<Place>;
}

/** The file's own bounds apply to what the archive says about itself, which can be any number. */
class BoundedReader extends RandomAccessReader {
  readonly #file: CheckpointFile;

  constructor(file: CheckpointFile) {
    super();
    this.#file = file;
  }

  override read(
    buffer: Buffer,
    offset: number,
    length: number,
    position: number,
    callback: (error: Error | null) => void,
  ): void {
    const { path, size } = this.#file;
    if (position + length > size) {
      callback(new TruncatedCheckpointError(path, size, position + length));
      return;
    }
    callbackify(() => this.#file.readInto(buffer.subarray(offset, offset + length), position))(callback);
  }
}

/** @throws MalformedCheckpointError, TruncatedCheckpointError */
export async function readZipArchive(file: CheckpointFile): Promise<ZipArchive> {
  const { zip, entries } = await readDirectory(file);
  return {
    names: [...entries.keys()],
    async place(name) {
      const entry = entries.get(name);
      if (!entry) throw malformedZip(file, `it has no file "${name}"`);
      if (entry.compressionMethod !== 0 || entry.isEncrypted()) {
        throw malformedZip(file, `its file "${name}" is compressed or encrypted, which PyTorch does not do`);
      }
      const begin = await contentsBegin(file, zip, entry);
      if (begin + entry.uncompressedSize > file.size) {
        throw new TruncatedCheckpointError(file.path, file.size, begin + entry.uncompressedSize);
      }
      return { begin, bytes: entry.uncompressedSize };
    },
  };
}

export function malformedZip(
  file: CheckpointFile,
  fault: string,
  options?: ErrorOptions,
): MalformedCheckpointError {
  return new MalformedCheckpointError(file.path, 'a PyTorch zip archive', fault, options);
}

async function readDirectory(file: CheckpointFile): Promise<{ zip: ZipFile; entries: Map<string, Entry> }> {
  const entries = new Map<string, Entry>();
  try {
    const zip = await fromRandomAccessReaderPromise(new BoundedReader(file), file.size, { autoClose: false });
    if (zip.entryCount > maximalTensors) throw new RangeError(`it lists ${zip.entryCount} files`);
    for await (const entry of zip.eachEntry()) entries.set(entry.fileName, entry);
    return { zip, entries };
  } catch (error) {
    throw malformedZip(file, `its directory cannot be read: ${(error as Error).message}`, { cause: error });
  }
}

async function contentsBegin(file: CheckpointFile, zip: ZipFile, entry: Entry): Promise<number> {
  try {
    return (await zip.readLocalFileHeaderPromise(entry, { minimal: true })).fileDataStart;
  } catch (error) {
    throw malformedZip(file, `its file "${entry.fileName}" is not where its directory says`, {
      cause: error,
    });
  }
}
