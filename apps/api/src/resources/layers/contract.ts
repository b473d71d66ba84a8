import { z } from 'zod';
import { json, problems, sha256, timestamp, type RouteContract } from '../../http/contract.ts';
import { layerSchema, modelName } from '../models/contract.ts';
import { layerName } from '../units/contract.ts';

const params = z.object({ model: modelName, layer: layerName });

export const branchSchema = z
  .object({
    name: z.string().describe('Hook point whose channels the slice is'),
    start: z.int().describe('First channel'),
    end: z.int().describe('One after the last channel'),
  })
  .meta({ id: 'Branch' });

export const layerEvidenceSchema = z
  .object({
    kind: z.string().describe('What was found out: activation-sweep, weight-sparsity, …'),
    subject: z
      .string()
      .describe('On what it rests: digest of a dataset, name of another layer, or empty for the model alone'),
    subjectName: z.string().nullable().describe('Of the dataset, while it is registered, or of the stimuli'),
    data: json,
    artifacts: z
      .array(
        z.object({
          id: z.uuid(),
          name: z.string(),
          mediaType: z.string(),
          bytes: z.int(),
          sha256,
          url: z.string(),
        }),
      )
      .describe('Artifacts of the run that the data names'),
    runId: z.uuid(),
    createdAt: timestamp,
  })
  .meta({ id: 'LayerEvidence' });

export const layerDetailSchema = layerSchema
  .extend({
    branches: z.array(branchSchema).describe('Slices of a concatenation, in the order of channels'),
    previous: z
      .string()
      .nullable()
      .describe('Nearest layer before it that has units and a name of as many parts'),
    next: z.string().nullable().describe('The same after it'),
    evidence: z.array(layerEvidenceSchema).describe('What runs found out about the layer as a whole'),
  })
  .meta({ id: 'LayerDetail' });

export const getLayer = {
  method: 'GET',
  url: '/models/:model/layers/:layer',
  schema: {
    operationId: 'getLayer',
    tags: ['models'],
    summary: 'Get a layer with what is known about it as a whole',
    params,
    response: { 200: layerDetailSchema, ...problems },
  },
} as const satisfies RouteContract;

export const unitPicturesQuery = z.object({
  objective: z.string().max(100).optional().describe('Default: channel where there is one, else neuron'),
  sign: z.coerce
    .number()
    .pipe(z.union([z.literal(1), z.literal(-1)]))
    .default(1)
    .describe('1 for what excites the units, -1 for what inhibits them'),
});

export const listLayerPictures = {
  method: 'GET',
  url: '/models/:model/layers/:layer/pictures',
  schema: {
    operationId: 'listLayerPictures',
    tags: ['units'],
    summary: 'List one small picture of each unit of a layer',
    description: 'The first restart of each, whatever it shows.',
    params,
    querystring: unitPicturesQuery,
    response: {
      200: z
        .object({
          objectives: z.array(z.string()).describe('Those of which there are pictures'),
          items: z.array(z.object({ channel: z.int(), url: z.string() })),
        })
        .meta({ id: 'LayerPictures' }),
      ...problems,
    },
  },
} as const satisfies RouteContract;

export const getCorrelations = {
  method: 'GET',
  url: '/models/:model/layers/:layer/correlations',
  schema: {
    operationId: 'getCorrelations',
    tags: ['units'],
    summary: 'Get how much the units of a layer fire like one of them',
    description: 'From the newest activation sweep; null where there is none.',
    params,
    querystring: z.strictObject({ channel: z.coerce.number().int().min(0) }),
    response: {
      200: z
        .object({
          correlations: z
            .object({
              dataset: z.string().describe('Whose images they were compared on'),
              values: z.array(z.number()).describe('One for each channel'),
            })
            .nullable(),
        })
        .meta({ id: 'Correlations' }),
      ...problems,
    },
  },
} as const satisfies RouteContract;
