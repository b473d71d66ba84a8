/** Why a run failed, in words for whoever queued it. */
import { z } from 'zod';

export const failureSchema = z.object({
  fault: z.enum(['input', 'model', 'platform']).describe('What has to change before a retry can succeed'),
  code: z.string().describe('Stable name of the failure: UNKNOWN_LAYER, LOSS_NOT_FINITE, ...'),
  message: z.string().describe('What happened and what a researcher can do about it'),
  details: z.record(z.string(), z.json()).optional(),
});

export type Failure = z.infer<typeof failureSchema>;
