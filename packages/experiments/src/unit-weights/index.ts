import type { Kind } from '../kind.ts';
import { runUnitWeights } from './run.ts';
import { unitWeightsSchema, type UnitWeightsInput, type UnitWeightsResult } from './schema.ts';

export const unitWeights: Kind<UnitWeightsInput, UnitWeightsResult> = {
  schema: unitWeightsSchema,
  run: runUnitWeights,
};
