import { z } from 'zod';

/** Whose fault a failure is decides who can act on it. */
export const runFailureSchema = z.object({
  fault: z.enum(['input', 'model', 'platform']).describe('What has to change before a retry can succeed'),
  code: z.string().describe('Stable name of the failure'),
  message: z.string().describe('What happened and what a researcher can do about it'),
  details: z.record(z.string(), z.json()).optional(),
});

export type RunFailure = z.infer<typeof runFailureSchema>;
