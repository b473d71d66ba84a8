import type { Kind } from '../kind.ts';
import { runTuning } from './run.ts';
import { tuningSchema, type TuningInput, type TuningResult } from './schema.ts';

export const tuning: Kind<TuningInput, TuningResult> = { schema: tuningSchema, run: runTuning };
