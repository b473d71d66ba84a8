import { z } from 'zod';
import { json, problems, sha256, timestamp, type RouteContract } from '../../http/contract.ts';

export const artifactSchema = z
  .object({
    id: z.uuid(),
    runId: z.uuid(),
    name: z.string(),
    mediaType: z.string(),
    bytes: z.int(),
    sha256: sha256.describe('Of the content'),
    parameters: json.describe('What made it'),
    createdAt: timestamp,
    url: z.string().describe('Where the content can be fetched; signed, expires'),
    downloadUrl: z.string().describe('The same, to be saved under its name'),
  })
  .meta({ id: 'Artifact' });

const tags = ['artifacts'];
const params = z.object({ id: z.uuid() });

export const listRunArtifacts = {
  method: 'GET',
  url: '/runs/:id/artifacts',
  schema: {
    operationId: 'listRunArtifacts',
    tags,
    summary: 'List the artifacts of a run',
    params,
    response: { 200: z.object({ items: z.array(artifactSchema) }).meta({ id: 'ArtifactList' }), ...problems },
  },
} as const satisfies RouteContract;

export const getArtifact = {
  method: 'GET',
  url: '/artifacts/:id',
  schema: {
    operationId: 'getArtifact',
    tags,
    summary: 'Get an artifact with a signed address of its content',
    params,
    response: { 200: artifactSchema, ...problems },
  },
} as const satisfies RouteContract;
