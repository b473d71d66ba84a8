import type { z } from 'zod';

/**
 * What is wrong with a value that may be a text or a structure, in that order, by the one that it tries to be:
 * zod alone says "Invalid input".
 */
export function faultOfMeantReading(issue: z.core.$ZodRawIssue): string | undefined {
  if (issue.code !== 'invalid_union') return undefined;
  const [asText = [], asStructure = []] = issue.errors as z.core.$ZodIssue[][];
  const faults = typeof issue.input === 'object' ? asStructure : asText;
  return faults
    .map(({ path, message }) => (path.length > 0 ? `${message} (at ${path.join('.')})` : message))
    .join('. ');
}
