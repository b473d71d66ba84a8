import type { Kind } from '../kind.ts';
import { runActivationSweep } from './run.ts';
import { activationSweepSchema, type ActivationSweepInput, type ActivationSweepResult } from './schema.ts';

export const activationSweep: Kind<ActivationSweepInput, ActivationSweepResult> = {
  schema: activationSweepSchema,
  run: runActivationSweep,
};
