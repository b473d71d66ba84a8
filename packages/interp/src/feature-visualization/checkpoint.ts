/**
 * All that a run needs to go on as if nothing had happened: parameters, the optimizer's memory and what was
 * measured so far. Bytes: the length of a JSON header (uint32, little-endian), the header, padded to four bytes,
 * then the arrays as float32.
 */
import type { ParameterArray } from '../parametrization/parametrization.ts';

/** Measured along the way. */
export interface Trace {
  /** Updates made. */
  readonly steps: number;
  readonly objective: { readonly first: number; readonly last: number; readonly best: number };
  /** Steps at which every entry of the gradient was zero, and at which the largest was below what counts. */
  readonly zeroGradientSteps: number;
  readonly tinyGradientSteps: number;
}

export interface RunState {
  readonly parameters: readonly ParameterArray[];
  /** The optimizer's. */
  readonly memory: Float32Array[];
  /** Σ |gradient by the picture| so far; empty where it is not kept. */
  readonly transparency: Float32Array;
  readonly trace: Trace | null;
}

interface Header {
  readonly format: 'fovea-feature-visualization-1';
  readonly shapes: readonly (readonly number[])[];
  readonly memory: readonly number[];
  readonly transparency: number;
  readonly trace: Trace | null;
}

export class CheckpointMismatchError extends Error {
  override readonly name = 'CheckpointMismatchError';
  readonly code = 'CHECKPOINT_MISMATCH';
  readonly fault = 'platform';
}

export function encodeCheckpoint({ parameters, memory, transparency, trace }: RunState): Uint8Array {
  const header: Header = {
    format: 'fovea-feature-visualization-1',
    shapes: parameters.map(({ shape }) => shape),
    memory: memory.map(({ length }) => length),
    transparency: transparency.length,
    trace,
  };
  const text = new TextEncoder().encode(JSON.stringify(header));
  const start = align(4 + text.length);
  const arrays = [...parameters.map(({ values }) => values), ...memory, transparency];
  const bytes = new Uint8Array(start + 4 * arrays.reduce((sum, { length }) => sum + length, 0));
  new DataView(bytes.buffer).setUint32(0, text.length, true);
  bytes.set(text, 4);
  let position = start;
  for (const array of arrays) {
    bytes.set(new Uint8Array(array.buffer, array.byteOffset, array.byteLength), position);
    position += array.byteLength;
  }
  return bytes;
}

/** @throws CheckpointMismatchError where the bytes are of another run or damaged */
export function decodeCheckpoint(bytes: Uint8Array, expected: readonly ParameterArray[]): RunState {
  const { header, start } = readHeader(bytes);
  const wanted = JSON.stringify(expected.map(({ shape }) => shape));
  if (JSON.stringify(header.shapes) !== wanted)
    throw new CheckpointMismatchError(
      `The checkpoint holds parameters of the shapes ${JSON.stringify(header.shapes)}, this run has ${wanted}`,
    );
  const lengths = [...expected.map(({ values }) => values.length), ...header.memory, header.transparency];
  const size = start + 4 * lengths.reduce((sum, length) => sum + length, 0);
  if (bytes.length !== size)
    throw new CheckpointMismatchError(`The checkpoint has ${bytes.length} bytes where ${size} belong`);
  let position = start;
  const arrays = lengths.map((length) => {
    const from = position;
    position += 4 * length;
    // Not bytes.slice: a Buffer's shares its memory.
    return new Float32Array(new Uint8Array(bytes.subarray(from, position)).buffer);
  });
  return {
    parameters: expected.map(({ shape }, index) => ({ shape, values: arrays[index]! })),
    memory: arrays.slice(expected.length, -1),
    transparency: arrays.at(-1)!,
    trace: header.trace,
  };
}

function readHeader(bytes: Uint8Array): { header: Header; start: number } {
  try {
    const length = new DataView(bytes.buffer, bytes.byteOffset).getUint32(0, true);
    const text = new TextDecoder('utf-8', { fatal: true }).decode(bytes.subarray(4, 4 + length));
    const header = JSON.parse(text) as Header;
    if (header.format === 'fovea-feature-visualization-1') return { header, start: align(4 + length) };
  } catch (cause) {
    throw new CheckpointMismatchError('The checkpoint cannot be read', { cause });
  }
  throw new CheckpointMismatchError('The checkpoint is not one of a feature visualization');
}

function align(length: number): number {
  return Math.ceil(length / 4) * 4;
}
