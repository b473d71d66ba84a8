import { ModelError } from '@fovea/models';
import { isOutOfMemory } from '@fovea/tensor';
import { z } from 'zod';
import { failureSchema, type Failure } from './failure.ts';

/** Errors of the floors below may carry `code`, `fault` and `details`; anything else is the platform's fault. */
export function failureOf(error: unknown): Failure {
  if (error instanceof z.ZodError)
    return { fault: 'input', code: 'INPUT_INVALID', message: z.prettifyError(error) };
  if (isOutOfMemory(error)) return outOfMemory;
  if (!(error instanceof Error)) return { fault: 'platform', code: 'INTERNAL', message: String(error) };
  const { code, fault, details } = error as Partial<Failure>;
  const stated = failureSchema.partial().safeParse({ code, fault, details }).data ?? {};
  return {
    ...stated,
    fault: stated.fault ?? (error instanceof ModelError ? faultOfModelError(error) : 'platform'),
    code: stated.code ?? 'INTERNAL',
    message: error.message,
  };
}

const outOfMemory: Failure = {
  fault: 'input',
  code: 'OUT_OF_MEMORY',
  message: 'The backend ran out of memory: make the pictures smaller, or fewer at a time',
};

/** Names and numbers that do not fit, and files that are not there. */
const inputCodes = new Set([
  'CHANNEL_COUNT',
  'CLASS_COUNT',
  'FIXED_SIZE',
  'MODEL_EXISTS',
  'SELECTION',
  'SHIPPED_MODEL',
  'UNREADABLE_CHECKPOINT',
]);

/** Asking a sound model for what it lacks is a wrong input; the rest is wrong with the model. */
function faultOfModelError({ code }: ModelError): Failure['fault'] {
  return /^(UNKNOWN|INPUT|INVALID)_/.test(code) || inputCodes.has(code) ? 'input' : 'model';
}
