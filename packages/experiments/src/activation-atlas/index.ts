import type { Kind } from '../kind.ts';
import { runActivationAtlas } from './run.ts';
import { activationAtlasSchema, type ActivationAtlasInput, type ActivationAtlasResult } from './schema.ts';

export const activationAtlas: Kind<ActivationAtlasInput, ActivationAtlasResult> = {
  schema: activationAtlasSchema,
  run: runActivationAtlas,
};
