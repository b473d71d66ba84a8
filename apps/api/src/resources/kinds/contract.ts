import { z } from 'zod';
import { json, problems, type RouteContract } from '../../http/contract.ts';

export const kindName = z
  .string()
  .min(1)
  .max(100)
  .describe('Kind of experiment, such as feature-visualization');

const kindSummary = z.object({
  name: kindName,
  title: z.string(),
  description: z.string(),
  version: z.int().describe('Raised when the same input would give another result'),
});

export const kindSummarySchema = kindSummary.meta({ id: 'KindSummary' });

export const kindSchema = kindSummary
  .extend({
    input: json.describe('JSON Schema (2020-12) of the input, with defaults, limits and help texts'),
    result: json.describe('JSON Schema (2020-12) of the result'),
    presets: z.record(z.string(), json).describe('Named partial inputs to start from'),
  })
  .meta({ id: 'Kind' });

const tags = ['kinds'];

export const listKinds = {
  method: 'GET',
  url: '/kinds',
  schema: {
    operationId: 'listKinds',
    tags,
    summary: 'List the kinds of experiment',
    response: { 200: z.object({ items: z.array(kindSummarySchema) }).meta({ id: 'KindList' }), ...problems },
  },
} as const satisfies RouteContract;

export const getKind = {
  method: 'GET',
  url: '/kinds/:name',
  schema: {
    operationId: 'getKind',
    tags,
    summary: 'Get a kind of experiment with the schemas of its input and result',
    params: z.object({ name: kindName }),
    response: { 200: kindSchema, ...problems },
  },
} as const satisfies RouteContract;
