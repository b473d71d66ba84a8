/** Every kind of experiment as browsers may know it: schemas, presets and checks, no tensor engine. */
import { activationAtlasSchema } from './activation-atlas/schema.ts';
import { activationSweepSchema } from './activation-sweep/schema.ts';
import { featureVisualizationSchema } from './feature-visualization/schema.ts';
import { imageActivationsSchema } from './image-activations/schema.ts';
import type { KindSchema } from './kind-schema.ts';
import { tuningSchema } from './tuning/schema.ts';
import { unitPicturesSchema } from './unit-pictures/schema.ts';
import { unitWeightsSchema } from './unit-weights/schema.ts';
import { weightSparsitySchema } from './weight-sparsity/schema.ts';

export { failureSchema, type Failure } from './failure.ts';
export { measures, type Measure } from './measures.ts';
export type { DatasetInfo, InputIssue, KindSchema, ModelInfo } from './kind-schema.ts';
export * from './activation-atlas/schema.ts';
export * from './activation-sweep/evidence.ts';
export * from './activation-sweep/schema.ts';
export * from './feature-visualization/schema.ts';
export * from './image-activations/schema.ts';
export * from './tuning/schema.ts';
export * from './indexing/settings.ts';
export * from './unit-pictures/schema.ts';
export { nameOfPicture, takesOf, variantOf, type Take } from './unit-pictures/takes.ts';
export * from './unit-weights/diverging-palette.ts';
export * from './unit-weights/evidence.ts';
export {
  unitWeightsInput,
  unitWeightsResult,
  unitWeightsSchema,
  type UnitWeightsInput,
  type UnitWeightsResult,
} from './unit-weights/schema.ts';
export * from './weight-sparsity/evidence.ts';
export * from './weight-sparsity/schema.ts';
export {
  formatObjective,
  ObjectiveSyntaxError,
  parseObjective,
} from './feature-visualization/objective-shorthand.ts';

export const kindSchemas: readonly KindSchema[] = [
  activationAtlasSchema,
  activationSweepSchema,
  featureVisualizationSchema,
  imageActivationsSchema,
  tuningSchema,
  unitPicturesSchema,
  unitWeightsSchema,
  weightSparsitySchema,
];

export function findKindSchema(name: string): KindSchema | undefined {
  return kindSchemas.find((schema) => schema.name === name);
}
