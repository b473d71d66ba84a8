/** Where an interrupted sweep goes on. */
import { deserialize, serialize } from 'node:v8';
import { SweepEncodingError } from '@fovea/interp';
import { z } from 'zod';
import { activationSweepResult } from './schema.ts';

const checkpointSchema = z.object({
  /** Passes that are finished, with all that they give. */
  passes: z.int(),
  /** What the result tells of their layers. */
  layers: activationSweepResult.shape.layers,
  /** Null before the first pass is finished. */
  engine: activationSweepResult.shape.engine.nullable(),
  /** Images that have gone through the network, and that will as far as is known; null before the first. */
  progress: z.object({ step: z.int(), total: z.int() }).nullable(),
  /** The pass under way, as interp encodes it; null before its first batch. */
  sweep: z.instanceof(Uint8Array).nullable(),
});

export interface SweepCheckpoint extends Omit<z.infer<typeof checkpointSchema>, 'sweep'> {
  readonly sweep: Uint8Array | null;
}

export const encodeCheckpoint = (checkpoint: SweepCheckpoint): Uint8Array => serialize(checkpoint);

/** @throws SweepEncodingError */
export function decodeCheckpoint(bytes: Uint8Array | undefined): SweepCheckpoint {
  if (!bytes) return { passes: 0, layers: [], engine: null, progress: null, sweep: null };
  try {
    return checkpointSchema.parse(deserialize(bytes));
  } catch (cause) {
    throw new SweepEncodingError(cause);
  }
}
