import { z } from 'zod';
import { problems, raw, type RouteContract } from '../../http/contract.ts';

const checkSchema = z.object({
  status: z.enum(['up', 'down']),
  milliseconds: z.number(),
  detail: z.string().describe('What was reached, or why not'),
});

export const healthSchema = z
  .object({ status: z.literal('ok'), codeVersion: z.string(), uptimeSeconds: z.number() })
  .meta({ id: 'Health' });

export const readinessSchema = z
  .object({
    status: z.enum(['ready', 'unavailable']),
    checks: z.object({ database: checkSchema, queue: checkSchema, store: checkSchema }),
  })
  .meta({ id: 'Readiness' });

const tags = ['operations'];

export const getHealth = {
  method: 'GET',
  url: '/health',
  schema: {
    operationId: 'getHealth',
    tags,
    summary: 'Whether the process lives',
    response: { 200: healthSchema, ...problems },
  },
} as const satisfies RouteContract;

export const getReadiness = {
  method: 'GET',
  url: '/readiness',
  schema: {
    operationId: 'getReadiness',
    tags,
    summary: 'Whether database, queue and object store answer',
    response: { 200: readinessSchema, 503: readinessSchema, ...problems },
  },
} as const satisfies RouteContract;

export const getMetrics = {
  method: 'GET',
  url: '/metrics',
  schema: {
    operationId: 'getMetrics',
    tags,
    summary: 'Measurements for Prometheus',
    response: { 200: raw('text/plain', 'Prometheus text format'), ...problems },
  },
} as const satisfies RouteContract;
