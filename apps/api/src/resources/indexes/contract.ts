import { indexParts, indexSettingsSchema } from '@fovea/experiments/schema';
import { z } from 'zod';
import { pageQuery, problems, timestamp, type RouteContract } from '../../http/contract.ts';
import { kindName } from '../kinds/contract.ts';
import { modelName } from '../models/contract.ts';
import { runFailureSchema } from '../runs/contract.ts';
import { unitParams } from '../units/contract.ts';

const settings = indexSettingsSchema.meta({ id: 'IndexSettings' });

export const indexRequestSchema = z.strictObject({ model: modelName, settings }).meta({ id: 'IndexRequest' });

const place = {
  part: z.enum(indexParts),
  layer: z.string().nullable().describe('null for a part that looks at all layers together'),
};

const pictures = z.int().describe('Of units');
const seconds = z.number();

export const indexEstimateSchema = z
  .object({
    seconds: seconds.describe('On the workers that are there, from the first run to the last'),
    bytes: z.number().describe('To be stored'),
    pictures,
    runs: z.int(),
    places: z.int().describe('Runs that the workers execute at once'),
    explanation: z.string().describe('On what the time of the pictures rests, in words'),
    groups: z.array(
      z.object({
        ...place,
        runs: z.int(),
        pictures,
        seconds: seconds.describe('Of all its runs, one after the other'),
        bytes: z.number(),
      }),
    ),
  })
  .meta({ id: 'IndexEstimate' });

const skipped = z
  .array(z.object({ ...place, share: z.number().describe('Of all that is planned, 0 to 1'), pictures }))
  .describe('What was there already');

export const indexPreviewSchema = z
  .object({
    estimate: indexEstimateSchema.describe('Of what is missing'),
    layers: z.array(z.string()),
    units: z.int(),
    skipped,
  })
  .meta({ id: 'IndexPreview' });

const counts = z.object({
  queued: z.int(),
  running: z.int(),
  succeeded: z.int(),
  failed: z.int(),
  cancelled: z.int(),
});

const done = z.object({ done: z.int(), total: z.int() });

const progress = {
  share: z.number().describe('0 to 1'),
  pictures: done.describe('Of units'),
  runs: counts.describe('Those that exist by now; more may be planned'),
};

const indexSummary = z.object({
  id: z.uuid(),
  model: modelName,
  status: z.enum(['running', 'paused', 'finished', 'cancelled']),
  settings,
  createdAt: timestamp,
  finishedAt: timestamp.nullable(),
  ...progress,
  secondsLeft: z.number().nullable().describe('null once it is over'),
});

export const indexSummarySchema = indexSummary.meta({ id: 'IndexSummary' });

export const indexSchema = indexSummary
  .extend({
    codeVersion: z.string(),
    bytes: z.number().describe('Of the artifacts that it made'),
    skipped,
    estimate: indexEstimateSchema.describe('As it was when the index began'),
    groups: z.array(z.object({ ...place, ...progress })),
    failures: z
      .array(
        z.object({
          runId: z.uuid(),
          kind: kindName,
          layer: z.string().nullable(),
          error: runFailureSchema.nullable(),
        }),
      )
      .describe('The newest runs of it that failed'),
  })
  .meta({ id: 'Index' });

const tags = ['indexes'];
const params = z.object({ id: z.uuid() });

export const createIndexEstimate = {
  method: 'POST',
  url: '/indexes/estimates',
  schema: {
    operationId: 'createIndexEstimate',
    tags,
    summary: 'Estimate what an index would take, and what is there already',
    body: indexRequestSchema,
    response: { 200: indexPreviewSchema, ...problems },
  },
} as const satisfies RouteContract;

export const createIndex = {
  method: 'POST',
  url: '/indexes',
  schema: {
    operationId: 'createIndex',
    tags,
    summary: 'Index a model',
    description:
      'Queues pictures, sweeps and weights of every unit of the chosen layers, some runs at a time. What was made ' +
      'before with the same model, settings and code is not made again.',
    body: indexRequestSchema,
    response: { 201: indexSchema, ...problems },
  },
} as const satisfies RouteContract;

export const listIndexes = {
  method: 'GET',
  url: '/indexes',
  schema: {
    operationId: 'listIndexes',
    tags,
    summary: 'List the newest indexes',
    querystring: z.strictObject({ model: modelName.optional(), limit: pageQuery.limit.default(20) }),
    response: {
      200: z.object({ items: z.array(indexSummarySchema) }).meta({ id: 'IndexList' }),
      ...problems,
    },
  },
} as const satisfies RouteContract;

export const getIndex = {
  method: 'GET',
  url: '/indexes/:id',
  schema: {
    operationId: 'getIndex',
    tags,
    summary: 'Get an index with its progress by part and layer',
    params,
    response: { 200: indexSchema, ...problems },
  },
} as const satisfies RouteContract;

const controlled = { 200: indexSchema, ...problems };

export const createIndexPause = {
  method: 'POST',
  url: '/indexes/:id/pause',
  schema: {
    operationId: 'createIndexPause',
    tags,
    summary: 'Pause an index',
    description: 'Its runs stop within seconds and keep what they have.',
    params,
    response: controlled,
  },
} as const satisfies RouteContract;

export const createIndexResumption = {
  method: 'POST',
  url: '/indexes/:id/resumption',
  schema: {
    operationId: 'createIndexResumption',
    tags,
    summary: 'Go on with a paused index',
    params,
    response: controlled,
  },
} as const satisfies RouteContract;

export const createIndexCancellation = {
  method: 'POST',
  url: '/indexes/:id/cancellation',
  schema: {
    operationId: 'createIndexCancellation',
    tags,
    summary: 'Cancel an index',
    description: 'What was made stays.',
    params,
    response: controlled,
  },
} as const satisfies RouteContract;

export const interestSchema = z
  .object({
    state: z
      .enum(['raised', 'coming', 'finished', 'none'])
      .describe(
        '`raised`: its pictures come next now; `coming`: they are being made or come next already; `finished`: they are there; `none`: no index that is under way will make them',
      ),
  })
  .meta({ id: 'UnitInterest' });

export const createUnitInterest = {
  method: 'POST',
  url: '/models/:model/layers/:layer/units/:channel/interest',
  schema: {
    operationId: 'createUnitInterest',
    tags,
    summary: 'Say that somebody looks at a unit: its pictures go before all others of an index',
    params: unitParams,
    response: { 200: interestSchema, ...problems },
  },
} as const satisfies RouteContract;
