/** Whether the input, the model or the platform is at fault when a run fails, in words for whoever queued it. */
import { ModelError } from '@fovea/models';
import { z } from 'zod';

export type Fault = 'input' | 'model' | 'platform';

export interface Failure {
  readonly fault: Fault;
  /** Stable, upper case: `UNKNOWN_LAYER`, `LOSS_NOT_FINITE`. */
  readonly code: string;
  readonly message: string;
  readonly details: Readonly<Record<string, unknown>>;
}

/** Errors of the floors below may carry `code`, `fault` and `details`; anything else is the platform's fault. */
export function failureOf(error: unknown): Failure {
  if (error instanceof z.ZodError)
    return { fault: 'input', code: 'INPUT_INVALID', message: z.prettifyError(error), details: {} };
  if (!(error instanceof Error))
    return { fault: 'platform', code: 'INTERNAL', message: String(error), details: {} };
  const { code, fault, details } = error as Partial<Failure>;
  return {
    fault: fault ?? (error instanceof ModelError ? faultOfModelError(error) : 'platform'),
    code: code ?? 'INTERNAL',
    message: error.message,
    details: details ?? {},
  };
}

/** Asking a sound model for what it lacks is a wrong input; the rest is wrong with the model. */
function faultOfModelError({ code }: ModelError): Fault {
  return /^(UNKNOWN|INPUT)_/.test(code) ? 'input' : 'model';
}
