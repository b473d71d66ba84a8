/** Where in a request the values are that the platform refused. */
import type { PlatformError, RequestIssue } from '@fovea/platform';
import type { ProblemItem } from './problem-schema.ts';
import { pointerOf } from './validation-items.ts';

export function platformItems(error: PlatformError): ProblemItem[] | undefined {
  if (error.code === 'INPUT_INVALID') return (error.details['issues'] as RequestIssue[]).map(inputItem);
  const suggestions = error.details['nearest'] as string[] | undefined;
  const pointer = pointers[error.code];
  return pointer && suggestions ? [{ in: 'body', pointer, detail: error.message, suggestions }] : undefined;
}

const pointers: Record<string, string> = { KIND_UNKNOWN: '/kind', MODEL_NOT_FOUND: '/input/model' };

const inputItem = ({ path, message, nearest }: RequestIssue): ProblemItem => ({
  in: 'body',
  pointer: pointerOf(['input', ...path]),
  detail: message,
  ...(nearest && nearest.length > 0 ? { suggestions: [...nearest] } : {}),
});
