import { z } from 'zod';
import { problems, raw, timestamp, type RouteContract } from '../../http/contract.ts';
import { runFailureSchema, runStatus } from '../runs/contract.ts';

const url = z.string().describe('Signed, expires');

function eventOf<Type extends string, Data extends z.ZodType>(type: Type, data: Data) {
  return z.object({
    sequence: z.int().describe('1, 2, 3, ... within the run; the id in a stream'),
    type: z.literal(type),
    createdAt: timestamp,
    data,
  });
}

export const runEventSchema = z
  .discriminatedUnion('type', [
    eventOf(
      'status',
      z.object({
        status: runStatus,
        attempt: z.int(),
        workerId: z.uuid().nullable(),
        error: runFailureSchema.nullable(),
      }),
    ),
    eventOf(
      'progress',
      z.object({
        step: z.int(),
        total: z.int(),
        loss: z.number().nullable(),
        stepsPerSecond: z.number().nullable(),
      }),
    ),
    eventOf('log', z.object({ level: z.enum(['info', 'warning']), message: z.string() })),
    eventOf('preview', z.object({ step: z.int(), mediaType: z.string(), bytes: z.int(), url })),
    eventOf('artifact', z.object({ name: z.string(), mediaType: z.string(), bytes: z.int(), url })),
    eventOf('metric', z.object({ name: z.string(), step: z.int(), value: z.number() })),
    eventOf('units', z.object({ layer: z.string(), kind: z.string(), subject: z.string(), units: z.int() })),
    eventOf('layer', z.object({ layer: z.string(), kind: z.string(), subject: z.string() })),
    eventOf('checkpoint', z.object({ step: z.int(), bytes: z.int() })),
  ])
  .meta({ id: 'RunEvent' });

export const listRunEvents = {
  method: 'GET',
  url: '/runs/:id/events',
  schema: {
    operationId: 'listRunEvents',
    tags: ['runs'],
    summary: 'Read or follow the events of a run',
    description:
      'With `Accept: text/event-stream`, server-sent events: `id` is the sequence, `event` the type and `data` the ' +
      'event as JSON. After the last event of a finished run comes `end`, which has no id, and the stream closes; ' +
      '`Last-Event-ID` resumes it without gap or repeat. Otherwise a list of the events that are there.',
    params: z.object({ id: z.uuid() }),
    querystring: z.strictObject({
      after: z.coerce.number().int().min(0).default(0).describe('Only events of a greater sequence'),
      limit: z.coerce.number().int().min(1).max(5000).default(1000).describe('For the list'),
    }),
    headers: z.object({ 'last-event-id': z.coerce.number().int().min(0).optional() }),
    response: {
      200: {
        description: 'The events in their order',
        content: {
          'application/json': {
            schema: z.object({ items: z.array(runEventSchema) }).meta({ id: 'RunEventList' }),
          },
          ...raw('text/event-stream', '').content,
        },
      },
      ...problems,
    },
  },
} as const satisfies RouteContract;
