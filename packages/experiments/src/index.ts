/** Every kind of experiment, with its run. */
import { activationAtlas } from './activation-atlas/index.ts';
import { activationSweep } from './activation-sweep/index.ts';
import { featureVisualization } from './feature-visualization/index.ts';
import { imageActivations } from './image-activations/index.ts';
import type { Kind } from './kind.ts';
import { tuning } from './tuning/index.ts';
import { unitPictures } from './unit-pictures/index.ts';
import { unitWeights } from './unit-weights/index.ts';
import { weightSparsity } from './weight-sparsity/index.ts';

export type { Calibration, Sharing } from '@fovea/interp';
export { failureOf } from './failure-of.ts';
export * from './schema.ts';
export { InvalidInputError } from './input-error.ts';
export type { Kind, Provenance, RunContext, RunEvent, UnitFinding, UnitPicture } from './kind.ts';

export const kinds: readonly Kind[] = [
  activationAtlas,
  activationSweep,
  featureVisualization,
  imageActivations,
  tuning,
  unitPictures,
  unitWeights,
  weightSparsity,
];

export function findKind(name: string): Kind | undefined {
  return kinds.find((kind) => kind.schema.name === name);
}
