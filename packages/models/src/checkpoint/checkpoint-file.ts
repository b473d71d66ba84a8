/** A file of weights, read by position. */
import { open, type FileHandle } from 'node:fs/promises';
import { TruncatedCheckpointError, UnreadableCheckpointError } from './checkpoint-errors.ts';

export interface CheckpointFile extends AsyncDisposable {
  readonly path: string;
  /** In bytes. */
  readonly size: number;
  readonly descriptor: number;
  /**
   * Nothing is allocated for bytes that the file does not have.
   * @throws TruncatedCheckpointError
   */
  read(begin: number, end: number): Promise<Uint8Array<ArrayBuffer>>;
  /** @throws TruncatedCheckpointError */
  readInto(target: Uint8Array, begin: number): Promise<void>;
}

/** @throws UnreadableCheckpointError */
async function openCheckpointFile(path: string): Promise<CheckpointFile> {
  const handle = await open(path).catch((error: NodeJS.ErrnoException) => {
    throw new UnreadableCheckpointError(path, error.code === 'ENOENT' ? 'it does not exist' : error.message);
  });
  try {
    const stats = await handle.stat();
    if (!stats.isFile()) throw new UnreadableCheckpointError(path, 'it is not a file');
    return checkpointFile(path, stats.size, handle);
  } catch (error) {
    await handle.close();
    throw error;
  }
}

function checkpointFile(path: string, size: number, handle: FileHandle): CheckpointFile {
  const readInto = async (target: Uint8Array, begin: number): Promise<void> => {
    const end = begin + target.length;
    let position = begin;
    while (position < end) {
      const { bytesRead } = await handle.read(target, position - begin, end - position, position);
      if (bytesRead === 0) throw new TruncatedCheckpointError(path, position, end);
      position += bytesRead;
    }
  };
  return {
    path,
    size,
    descriptor: handle.fd,
    readInto,
    async read(begin, end) {
      if (end > size) throw new TruncatedCheckpointError(path, size, end);
      const bytes = new Uint8Array(end - begin);
      await readInto(bytes, begin);
      return bytes;
    },
    [Symbol.asyncDispose]: () => handle.close(),
  };
}

/** Opens a file for `read`, which owns it from then on, unless it fails. */
export async function openWith<T>(path: string, read: (file: CheckpointFile) => Promise<T>): Promise<T> {
  const file = await openCheckpointFile(path);
  try {
    return await read(file);
  } catch (error) {
    await file[Symbol.asyncDispose]();
    throw error;
  }
}
