import { z } from 'zod';
import { json, problems, sha256, timestamp, type RouteContract } from '../../http/contract.ts';

export const datasetSchema = z
  .object({
    id: z.uuid(),
    name: z.string(),
    digest: sha256.describe('sha256 over all that determines its images and labels'),
    kind: z.string(),
    description: z.string().nullable(),
    classes: z.array(z.string()),
    splits: z.record(z.string(), z.int()).describe('Number of images by split'),
    parameters: json,
    createdAt: timestamp,
  })
  .meta({ id: 'Dataset' });

const tags = ['datasets'];

export const listDatasets = {
  method: 'GET',
  url: '/datasets',
  schema: {
    operationId: 'listDatasets',
    tags,
    summary: 'List the datasets',
    response: { 200: z.object({ items: z.array(datasetSchema) }).meta({ id: 'DatasetList' }), ...problems },
  },
} as const satisfies RouteContract;

export const getDataset = {
  method: 'GET',
  url: '/datasets/:name',
  schema: {
    operationId: 'getDataset',
    tags,
    summary: 'Get a dataset',
    params: z.object({ name: z.string().min(1).max(100) }),
    response: { 200: datasetSchema, ...problems },
  },
} as const satisfies RouteContract;
