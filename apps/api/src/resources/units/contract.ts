import { activationExample, weightFactors } from '@fovea/experiments/schema';
import { z } from 'zod';
import { json, problems, raw, sha256, timestamp, type RouteContract } from '../../http/contract.ts';
import { noteSchema } from '../annotations/contract.ts';
import { layerSchema, modelName } from '../models/contract.ts';

export const layerName = z.string().min(1).max(300).describe('As the model names it, such as mixed4a');
const channel = z.coerce.number().int().min(0).describe('Index along the channels of the layer, from 0');
const measureName = z.string().max(100).describe('Such as curve.R');
const subject = z
  .string()
  .max(300)
  .describe('On what it rests: digest of a dataset, name of another layer, or nothing');

/** What every answer about a unit tells of its place. */
const place = {
  channel: z.int(),
  label: z.string().nullable().describe('Of a logit: the name of its class'),
  branch: z
    .string()
    .nullable()
    .describe('Of a layer that joins several: the one that the channel comes from'),
};

export const unitMeasureSchema = z
  .object({
    name: measureName,
    subject,
    subjectName: z.string().nullable().describe('Of the dataset, while it is registered, or of the stimuli'),
  })
  .meta({ id: 'UnitMeasureColumn' });

export const unitSummarySchema = z
  .object({
    ...place,
    thumbnail: z.string().nullable().describe('Address of a small picture of the unit; signed, expires'),
    values: z.array(z.number().nullable()).describe('Of the measures, in the order of the list'),
    tags: z.array(z.string()),
  })
  .meta({ id: 'UnitSummary' });

export const unitListSchema = z
  .object({
    total: z.int().describe('Units that the filters leave'),
    measures: z.array(unitMeasureSchema),
    items: z.array(unitSummarySchema),
    nextCursor: z.string().nullable().describe('null on the last page'),
  })
  .meta({ id: 'UnitList' });

export const unitQuerySchema = z.strictObject({
  sort: measureName.default('channel').describe('`channel`, or the name of a measure'),
  subject: subject.optional().describe('Which of several measures of that name; the newest when absent'),
  direction: z.enum(['asc', 'desc']).optional().describe('Default: asc by channel, desc by a measure'),
  minimum: z.coerce.number().optional().describe('Of the measure that is sorted by'),
  maximum: z.coerce.number().optional().describe('Of the measure that is sorted by'),
  tag: z.string().max(100).optional(),
  branch: z.string().max(300).optional(),
  limit: z.coerce.number().int().min(1).max(5000).default(5000).describe('Units in a page'),
  cursor: z.string().max(100).optional().describe('nextCursor of the page before'),
});

export type UnitQuery = z.infer<typeof unitQuerySchema>;

export const unitPictureSchema = z
  .object({
    objective: z.string().describe('`neuron`, `channel`, ...'),
    sign: z.int().describe('1 for what excites the unit, −1 for what inhibits it'),
    variant: z.string().describe('Such as diversity-2; empty where only the seed differs'),
    restart: z.int(),
    score: z.number().nullable().describe('The objective at the end'),
    artifactId: z.uuid(),
    name: z.string(),
    runId: z.uuid(),
    url: z.string().describe('Signed, expires'),
    thumbnail: z.string().describe('A smaller one; signed, expires'),
  })
  .meta({ id: 'UnitPicture' });

const evidence = {
  kind: z.string().describe('What was found out: activation-sweep, tuning, unit-weights, ...'),
  subject,
  subjectName: z.string().nullable().describe('Of the dataset, while it is registered, or of the stimuli'),
  data: json.describe('By the schema that the kind of experiment has for its evidence'),
  runId: z.uuid(),
  createdAt: timestamp,
};

export const unitEvidenceSchema = z.object(evidence).meta({ id: 'UnitEvidence' });

/** What a run was made from, for each run that the evidence of a unit comes from. */
export const evidenceRunSchema = z
  .object({
    id: z.uuid(),
    kind: z.string(),
    modelDigest: sha256.nullable(),
    datasetDigest: z.string().nullable(),
    seed: z.int(),
    codeVersion: z.string(),
    backend: z.string().nullable(),
    finishedAt: timestamp.nullable(),
  })
  .meta({ id: 'EvidenceRun' });

export const rankedMeasureSchema = unitMeasureSchema
  .extend({
    value: z.number(),
    rank: z.int().describe('Within the layer: 1 for the highest value'),
    of: z.int().describe('Units of the layer that have the measure'),
    runId: z.uuid(),
  })
  .meta({ id: 'RankedMeasure' });

export const unitSchema = z
  .object({
    ...place,
    model: modelName,
    modelDigest: sha256,
    layer: layerSchema,
    inputSize: z.object({ height: z.int(), width: z.int() }).describe('Of the model, in pixels'),
    subject: z.string().describe('Under which notes, tags and comments are kept'),
    pictures: z.array(unitPictureSchema),
    evidence: z.array(unitEvidenceSchema),
    layerEvidence: z
      .array(unitEvidenceSchema)
      .describe('About the layer as a whole, of the kinds that the unit has evidence of'),
    thumbnails: z
      .record(z.string(), z.string())
      .describe('Pictures of the units that the evidence names, by `layer:channel`; signed, expire'),
    measures: z.array(rankedMeasureSchema),
    runs: z.array(evidenceRunSchema),
    note: noteSchema.nullable(),
    tags: z.array(z.string()),
    comments: z.int().describe('How many there are'),
  })
  .meta({ id: 'Unit' });

export const tableNames = ['measures', 'examples', 'tuning', 'weights'] as const;

export const unitExampleSchema = z
  .object({
    ...activationExample.omit({ position: true }).shape,
    dataset: z.string(),
    subject: z.string().describe('Digest of the dataset'),
    split: z.string(),
    tokens: z.string().describe('Of a transformer: which; else all'),
    row: z.int().describe('Of the highest value, in the layer'),
    column: z.int(),
    id: z
      .string()
      .nullable()
      .describe('Of the image in the dataset; null where that is no longer registered'),
    class: z.string().nullable(),
  })
  .meta({ id: 'UnitExample' });

const tags = ['units'];
const layerParams = z.object({ model: modelName, layer: layerName });
export const unitParams = layerParams.extend({ channel });

export const listUnits = {
  method: 'GET',
  url: '/models/:model/layers/:layer/units',
  schema: {
    operationId: 'listUnits',
    tags,
    summary: 'List the units of a layer with their pictures and measures',
    params: layerParams,
    querystring: unitQuerySchema,
    response: { 200: unitListSchema, ...problems },
  },
} as const satisfies RouteContract;

export const getUnit = {
  method: 'GET',
  url: '/models/:model/layers/:layer/units/:channel',
  schema: {
    operationId: 'getUnit',
    tags,
    summary: 'Get all that is known of a unit',
    params: unitParams,
    response: { 200: unitSchema, ...problems },
  },
} as const satisfies RouteContract;

export const getActivationMaps = {
  method: 'GET',
  url: '/models/:model/layers/:layer/units/:channel/activation-maps',
  schema: {
    operationId: 'getActivationMaps',
    tags,
    summary: 'Get the whole activation maps of the examples of a unit',
    description:
      'In the order of the examples in its evidence of kind activation-sweep: [examples, rows, columns], ' +
      'little-endian, of the type and the grid that the evidence of the layer names.',
    params: unitParams,
    querystring: z.strictObject({
      subject: subject.optional().describe('Digest of the dataset; that of the newest sweep when absent'),
      tokens: z
        .enum(['all', 'class', 'extra', 'patches'])
        .optional()
        .describe('Of a transformer: which; the first group of the layer when absent'),
    }),
    response: { 200: raw('application/octet-stream', 'The values'), ...problems },
  },
} as const satisfies RouteContract;

export const listUnitExamples = {
  method: 'GET',
  url: '/models/:model/layers/:layer/units/:channel/examples',
  schema: {
    operationId: 'listUnitExamples',
    tags,
    summary: 'List the images that stand for a unit, with what their datasets know of them',
    params: unitParams,
    response: {
      200: z.object({ items: z.array(unitExampleSchema) }).meta({ id: 'UnitExampleList' }),
      ...problems,
    },
  },
} as const satisfies RouteContract;

export const getUnitTable = {
  method: 'GET',
  url: '/models/:model/layers/:layer/units/:channel/tables/:table',
  schema: {
    operationId: 'getUnitTable',
    tags,
    summary: 'Get what is known of a unit as CSV',
    params: unitParams.extend({ table: z.enum(tableNames) }),
    response: { 200: raw('text/csv', 'The table, with a line of names'), ...problems },
  },
} as const satisfies RouteContract;

export const getUnitArchive = {
  method: 'GET',
  url: '/models/:model/layers/:layer/units/:channel/archive',
  schema: {
    operationId: 'getUnitArchive',
    tags,
    summary: 'Get all that is known of a unit as a zip file',
    description:
      'Pictures, examples as the network reads them, all evidence as JSON, tables as CSV, provenance.',
    params: unitParams,
    response: { 200: raw('application/zip', 'The archive'), ...problems },
  },
} as const satisfies RouteContract;

const channelList = z
  .preprocess((value) => (Array.isArray(value) ? value : [value]), z.array(channel).min(1).max(200))
  .describe('May be given more than once');

export const listExpandedWeights = {
  method: 'GET',
  url: '/models/:model/layers/:layer/expanded-weights',
  schema: {
    operationId: 'listExpandedWeights',
    tags,
    summary: 'List the expanded weights of some units of a layer, reduced to three factors',
    description: 'Only of those of which a run has found them out; each from an earlier layer.',
    params: layerParams,
    querystring: z.strictObject({ channel: channelList }),
    response: {
      200: z
        .object({
          items: z.array(
            z.object({
              channel: z.int(),
              from: z.string().describe('The earlier layer'),
              height: z.int(),
              width: z.int(),
              maps: weightFactors.shape.maps,
            }),
          ),
        })
        .meta({ id: 'ExpandedWeightsList' }),
      ...problems,
    },
  },
} as const satisfies RouteContract;
