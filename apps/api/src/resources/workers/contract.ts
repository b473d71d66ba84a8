import { z } from 'zod';
import { problems, timestamp, type RouteContract } from '../../http/contract.ts';

export const workerSchema = z
  .object({
    id: z.uuid(),
    name: z.string(),
    hostname: z.string(),
    status: z
      .enum(['online', 'stopping', 'stopped', 'lost'])
      .describe('lost: its heartbeat has failed to come, and its runs are given to others'),
    backend: z.string().describe('Tensor backend'),
    device: z.object({ name: z.string(), memoryBytes: z.int().nullable() }).describe('What it computes on'),
    concurrency: z.int().describe('Runs that it executes side by side'),
    busyShare: z
      .number()
      .describe('Share of its places that were at work since the heartbeat before, 0 to 1'),
    runIds: z.array(z.uuid()).describe('Runs that it executes now'),
    codeVersion: z.string(),
    startedAt: timestamp,
    heartbeatAt: timestamp,
    stoppedAt: timestamp.nullable(),
  })
  .meta({ id: 'Worker' });

export const listWorkers = {
  method: 'GET',
  url: '/workers',
  schema: {
    operationId: 'listWorkers',
    tags: ['workers'],
    summary: 'List the workers, newest first',
    querystring: z.strictObject({
      includeGone: z
        .stringbool()
        .meta({ type: 'boolean' })
        .default(false)
        .describe('Also those that stopped, or were lost over an hour ago'),
    }),
    response: { 200: z.object({ items: z.array(workerSchema) }).meta({ id: 'WorkerList' }), ...problems },
  },
} as const satisfies RouteContract;
