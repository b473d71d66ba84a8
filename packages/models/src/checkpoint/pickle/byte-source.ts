/** The bytes of a file from one position on: pickles do not say how long they are, so they are read as they come. */
import { readSync } from 'node:fs';
import type { CheckpointFile } from '../checkpoint-file.ts';
import type { Fail } from './pickle-values.ts';
import { MalformedCheckpointError, TruncatedCheckpointError } from '../checkpoint-errors.ts';

export interface ByteSource {
  readonly path: string;
  /** Of the next byte, from the start of the file. */
  readonly position: number;
  readonly end: number;
  byte(): number;
  /** Valid until the next call. */
  take(count: number): Buffer;
  /** Up to and without the next newline. */
  line(): string;
  readonly fail: Fail;
}

const readAheadBytes = 64 * 1024;

/** Longer than any line that a pickle of tensors has. */
const maximalLineBytes = 4096;

export function byteSource(file: CheckpointFile, begin: number, end: number): ByteSource {
  const { path, size, descriptor } = file;
  let position = begin;
  let ahead: Buffer = Buffer.alloc(0);

  const readAhead = (count: number): void => {
    const bytes = Buffer.allocUnsafe(Math.min(Math.max(count, readAheadBytes), end - position));
    let filled = 0;
    while (filled < bytes.length) {
      const read = readSync(descriptor, bytes, filled, bytes.length - filled, position + filled);
      if (read === 0) throw new TruncatedCheckpointError(path, position + filled, position + bytes.length);
      filled += read;
    }
    ahead = bytes;
  };

  const source: ByteSource = {
    path,
    get position() {
      return position;
    },
    end,
    byte: () => source.take(1)[0]!,
    take(count) {
      if (position + count > end) {
        if (end === size) throw new TruncatedCheckpointError(path, size, position + count);
        source.fail('its pickle breaks off');
      }
      if (count > ahead.length) readAhead(count);
      const taken = ahead.subarray(0, count);
      ahead = ahead.subarray(count);
      position += count;
      return taken;
    },
    line() {
      const bytes: number[] = [];
      for (let byte = source.byte(); byte !== 0x0a; byte = source.byte()) {
        if (bytes.push(byte) > maximalLineBytes) source.fail('a line of its pickle does not end');
      }
      return Buffer.from(bytes).toString('latin1');
    },
    fail(fault, options) {
      throw new MalformedCheckpointError(path, 'a PyTorch file', `${fault} (at byte ${position})`, options);
    },
  };
  return source;
}
