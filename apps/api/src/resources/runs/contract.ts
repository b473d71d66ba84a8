import { failureSchema } from '@fovea/experiments/schema';
import { z } from 'zod';
import {
  json,
  pageOf,
  pageQuery,
  problems,
  sha256,
  timestamp,
  type RouteContract,
} from '../../http/contract.ts';
import { kindName } from '../kinds/contract.ts';
import { modelName } from '../models/contract.ts';

export const runStatus = z
  .enum(['queued', 'running', 'succeeded', 'failed', 'cancelled'])
  .meta({ id: 'RunStatus' });

/** Its details without the recursive schema of any JSON, which the generator of the client cannot follow. */
export const runFailureSchema = failureSchema.extend({ details: json.optional() }).meta({ id: 'Failure' });

export const pictureSchema = z
  .object({ step: z.int(), mediaType: z.string(), url: z.string().describe('Signed, expires') })
  .meta({ id: 'Picture' });

const runSummary = z.object({
  id: z.uuid(),
  title: z.string().nullable(),
  kind: kindName,
  kindVersion: z.int(),
  status: runStatus,
  input: json.describe('Validated, with defaults filled in'),
  model: z.string().nullable().describe('Name of the model'),
  modelDigest: z.string().nullable(),
  seed: z.int(),
  priority: z.int(),
  step: z.int(),
  total: z.int().describe('Steps that the run will take'),
  loss: z.number().nullable(),
  stepsPerSecond: z.number().nullable(),
  attempt: z.int().describe('1 for the first'),
  createdAt: timestamp,
  startedAt: timestamp.nullable(),
  finishedAt: timestamp.nullable(),
  wallSeconds: z.number().describe('Seconds spent running, over all attempts'),
  error: runFailureSchema.nullable(),
  picture: pictureSchema.nullable().describe('Newest preview'),
});

export const runSummarySchema = runSummary.meta({ id: 'RunSummary' });

const shardSchema = z
  .object({ id: z.uuid(), status: runStatus, step: z.int(), total: z.int() })
  .meta({ id: 'Shard' });

export const runSchema = runSummary
  .extend({
    hash: sha256.describe('Of everything that determines the result'),
    datasetDigest: z.string().nullable(),
    codeVersion: z.string(),
    backend: z.string().nullable().describe('Tensor backend that computed it'),
    workerId: z.uuid().nullable(),
    parentRunId: z.uuid().nullable().describe('The run that this one was duplicated from'),
    flowRunId: z.uuid().nullable().describe('The run that merges the results of this one and of its like'),
    shards: z.array(shardSchema).describe('Runs whose results this one merges, in the order of their making'),
    cancelRequestedAt: timestamp.nullable(),
    queuePosition: z
      .int()
      .nullable()
      .describe('Runs that go before this one: 0 for the next; null unless queued'),
    result: z.unknown().describe('By the result schema of the kind; null until the run has succeeded'),
  })
  .meta({ id: 'Run' });

const title = z.string().max(200).describe('Free text to find the run by');
const seed = z
  .int()
  .min(0)
  .max(2_147_483_647)
  .describe('Start of the random numbers: the same seed gives the same result');
const priority = z.int().min(-100).max(100).describe('Higher starts earlier');
const force = z.boolean().default(false).describe('Run even if the same run has succeeded before');

export const runRequestSchema = z
  .strictObject({
    kind: kindName,
    input: json.describe('By the input schema of the kind; defaults may be left out'),
    seed: seed.default(0),
    priority: priority.default(0),
    title: title.optional(),
    force,
  })
  .meta({ id: 'RunRequest' });

export const duplicateRequestSchema = z
  .strictObject({
    input: json
      .default({})
      .describe('Changes: each value replaces the one of the same name in the original input'),
    seed: seed.optional().describe('The seed of the original when absent'),
    priority: priority.optional().describe('The priority of the original when absent'),
    title: title.optional().describe('The title of the original when absent'),
    force,
  })
  .meta({ id: 'DuplicateRequest' });

export const runQuerySchema = z.strictObject({
  status: z
    .preprocess((value) => (typeof value === 'string' ? [value] : value), z.array(runStatus).max(5))
    .optional()
    .describe('May be given more than once'),
  kind: kindName.optional(),
  model: modelName.optional(),
  search: z
    .string()
    .min(1)
    .max(200)
    .optional()
    .describe('Part of the title or objective, such as mixed4a:97'),
  flow: z.uuid().optional().describe('Only the shards of that run, which are left out otherwise'),
  createdAfter: timestamp.optional(),
  createdBefore: timestamp.optional(),
  sort: z.enum(['createdAt', 'finishedAt', 'wallSeconds']).default('createdAt'),
  direction: z.enum(['asc', 'desc']).default('desc'),
  ...pageQuery,
});

export type RunQuery = z.infer<typeof runQuerySchema>;

const tags = ['runs'];
const params = z.object({ id: z.uuid() });
const idempotencyKey = z.object({
  'idempotency-key': z
    .string()
    .min(1)
    .max(200)
    .optional()
    .describe('The same key with the same body answers with the run that it made the first time'),
});

export const createRun = {
  method: 'POST',
  url: '/runs',
  schema: {
    operationId: 'createRun',
    tags,
    summary: 'Queue a run',
    description:
      'Answers 201 with a new run, or 200 with an earlier one: for a key that was used before, and, unless forced, ' +
      'for a run of the same hash that has succeeded or is on its way.',
    headers: idempotencyKey,
    body: runRequestSchema,
    response: { 200: runSchema, 201: runSchema, ...problems },
  },
} as const satisfies RouteContract;

export const listRuns = {
  method: 'GET',
  url: '/runs',
  schema: {
    operationId: 'listRuns',
    tags,
    summary: 'List runs',
    querystring: runQuerySchema,
    response: { 200: pageOf('RunPage', runSummarySchema), ...problems },
  },
} as const satisfies RouteContract;

export const getRun = {
  method: 'GET',
  url: '/runs/:id',
  schema: {
    operationId: 'getRun',
    tags,
    summary: 'Get a run',
    params,
    response: { 200: runSchema, ...problems },
  },
} as const satisfies RouteContract;

export const createCancellation = {
  method: 'POST',
  url: '/runs/:id/cancellation',
  schema: {
    operationId: 'createCancellation',
    tags,
    summary: 'Cancel a run',
    description: 'A queued run is cancelled at once, a running one within seconds.',
    params,
    response: { 202: runSchema, ...problems },
  },
} as const satisfies RouteContract;

export const createRetry = {
  method: 'POST',
  url: '/runs/:id/retries',
  schema: {
    operationId: 'createRetry',
    tags,
    summary: 'Queue a failed or cancelled run again',
    description: 'It resumes from its last checkpoint, where it has one.',
    params,
    response: { 202: runSchema, ...problems },
  },
} as const satisfies RouteContract;

export const createDuplicate = {
  method: 'POST',
  url: '/runs/:id/duplicates',
  schema: {
    operationId: 'createDuplicate',
    tags,
    summary: 'Queue a run like this one, with changes',
    params,
    headers: idempotencyKey,
    body: duplicateRequestSchema,
    response: { 200: runSchema, 201: runSchema, ...problems },
  },
} as const satisfies RouteContract;
