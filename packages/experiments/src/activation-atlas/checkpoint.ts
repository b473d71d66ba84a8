/** Where an interrupted atlas goes on: among the images, or among the icons once all is laid out. */
import { deserialize, serialize } from 'node:v8';
import type { IconWork } from './icons.ts';
import type { GridPlan } from './plan.ts';
import type { Samples } from './samples.ts';

export type AtlasState =
  | { readonly stage: 'samples'; readonly samples: Samples }
  | { readonly stage: 'icons'; readonly grids: readonly GridPlan[]; readonly work: IconWork };

const format = 'fovea-activation-atlas-1';

export class AtlasCheckpointError extends Error {
  override readonly name = 'AtlasCheckpointError';
  readonly code = 'CHECKPOINT_MISMATCH';
  readonly fault = 'platform';
}

export const encodeState = (state: AtlasState): Uint8Array => serialize({ format, state });

/** @throws AtlasCheckpointError */
export function decodeState(bytes: Uint8Array): AtlasState {
  const stored = read(bytes);
  if (stored.format === format) return stored.state;
  throw new AtlasCheckpointError('The checkpoint is not one of an activation atlas');
}

function read(bytes: Uint8Array): { format: unknown; state: AtlasState } {
  try {
    return deserialize(bytes) as { format: unknown; state: AtlasState };
  } catch (cause) {
    throw new AtlasCheckpointError('The checkpoint cannot be read', { cause });
  }
}
