import { z } from 'zod';
import { json, problems, type RouteContract } from '../../http/contract.ts';
import { kindName } from '../kinds/contract.ts';

export const estimateRequestSchema = z
  .strictObject({ kind: kindName, input: json.describe('As for a run') })
  .meta({ id: 'EstimateRequest' });

export const estimateSchema = z
  .object({
    seconds: z.number().describe('Expected time on a free worker, without waiting in the queue'),
    steps: z.int(),
    stepsPerSecond: z.number(),
    basis: z
      .enum(['same-input-size', 'same-model', 'other-models', 'calibration'])
      .describe(
        'What the speed was taken from: finished runs that are ever less alike, or a fixed calibration',
      ),
    explanation: z.string().describe('The basis in words, with the number of runs it rests on'),
  })
  .meta({ id: 'Estimate' });

export const createEstimate = {
  method: 'POST',
  url: '/estimates',
  schema: {
    operationId: 'createEstimate',
    tags: ['runs'],
    summary: 'Estimate how long a run would take',
    body: estimateRequestSchema,
    response: { 200: estimateSchema, ...problems },
  },
} as const satisfies RouteContract;
