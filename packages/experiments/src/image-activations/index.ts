import type { Kind } from '../kind.ts';
import { runImageActivations } from './run.ts';
import { imageActivationsSchema, type ImageActivationsInput, type ImageActivationsResult } from './schema.ts';

export const imageActivations: Kind<ImageActivationsInput, ImageActivationsResult> = {
  schema: imageActivationsSchema,
  run: runImageActivations,
};
