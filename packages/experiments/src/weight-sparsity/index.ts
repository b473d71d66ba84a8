import type { Kind } from '../kind.ts';
import { runWeightSparsity } from './run.ts';
import { weightSparsitySchema, type WeightSparsityInput, type WeightSparsityResult } from './schema.ts';

export const weightSparsity: Kind<WeightSparsityInput, WeightSparsityResult> = {
  schema: weightSparsitySchema,
  run: runWeightSparsity,
};
