/** Opens a file of weights by what it holds: extensions are no guide (a `.bin` or `.pt` can be any format). */
import { openWith, type CheckpointFile } from './checkpoint-file.ts';
import { UnknownCheckpointFormatError } from './checkpoint-errors.ts';
import type { Checkpoint } from './checkpoint.ts';
import { readGraphDef } from './graphdef.ts';
import { readLegacyPytorch } from './pytorch-legacy.ts';
import { readZippedPytorch } from './pytorch-zip.ts';
import { readSafetensors } from './safetensors.ts';
import { readShards } from './shards.ts';

interface Format {
  readonly begins: (head: Buffer) => boolean;
  readonly open: (file: CheckpointFile) => Promise<Checkpoint>;
}

const formats: readonly Format[] = [
  { begins: (head) => head.toString('latin1', 0, 4) === 'PK\x03\x04', open: readZippedPytorch },
  { begins: (head) => head[0] === 0x80 && head[1]! <= 5, open: readLegacyPytorch },
  // The same in protocol 1, which begins with the magic number in digits.
  { begins: (head) => head.toString('latin1').startsWith('L1195470371460'), open: readLegacyPytorch },
  { begins: (head) => head[8] === 0x7b && head.includes(0), open: readSafetensors },
  { begins: (head) => head[0] === 0x0a, open: readGraphDef },
];

/** Its shards are files of the other formats, so that an index cannot name itself. */
const shardIndex: Format = {
  begins: (head) => /^\s*\{/.test(head.toString('latin1')),
  open: (file) => readShards(file, (path) => openAs(path, formats)),
};

const headBytes = 16;

/**
 * @throws UnreadableCheckpointError, UnknownCheckpointFormatError, TruncatedCheckpointError,
 *   MalformedCheckpointError, UnsupportedDtypeError, ForbiddenPickleGlobalError
 */
export function openCheckpoint(path: string): Promise<Checkpoint> {
  return openAs(path, [...formats, shardIndex]);
}

function openAs(path: string, candidates: readonly Format[]): Promise<Checkpoint> {
  return openWith(path, async (file) => {
    const head = Buffer.alloc(headBytes);
    await file.readInto(head.subarray(0, Math.min(headBytes, file.size)), 0);
    const format = candidates.find(({ begins }) => begins(head));
    if (!format) {
      throw new UnknownCheckpointFormatError(
        path,
        `it has ${file.size} bytes, which begin with ${describe(head)}`,
      );
    }
    return format.open(file);
  });
}

function describe(head: Buffer): string {
  const text = head.toString('latin1').replaceAll(/[^\x20-\x7e]/g, '.');
  return `"${text}" (${head.toString('hex', 0, 8)})`;
}
