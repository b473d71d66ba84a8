import { z } from 'zod';
import { json, problems, sha256, timestamp, type RouteContract } from '../../http/contract.ts';

export const modelName = z
  .string()
  .min(1)
  .max(100)
  .describe('Name under which a model is registered, such as inception_v3');

export const receptiveFieldSchema = z
  .object({
    size: z.number().describe('Side of the patch that one position sees, in input pixels'),
    stride: z.number().describe('Distance between neighbouring positions, in input pixels'),
    offset: z.number().describe('Centre of position (0, 0), in input pixels'),
  })
  .meta({ id: 'ReceptiveField' });

export const layerSchema = z
  .object({
    name: z.string().describe('Name of the hook point, as in layer:channel'),
    ordinal: z.int().describe('Position in the order of computation, from 0'),
    kind: z.string().describe('What makes the value: conv, relu, concat, max_pool, logits, ...'),
    shape: z.array(z.int()).describe('[height, width, channels] or [channels], at the nominal input size'),
    channels: z.int(),
    parameters: z.int().describe('Learned values between this hook point and the ones before it'),
    receptiveField: receptiveFieldSchema.nullable(),
  })
  .meta({ id: 'Layer' });

const channelValues = z.tuple([z.number(), z.number(), z.number()]);

export const preprocessingSchema = z
  .object({
    height: z.int().describe('Nominal input height in pixels'),
    width: z.int().describe('Nominal input width in pixels'),
    channelOrder: z.enum(['rgb', 'bgr']),
    scale: z.number().describe('Factor applied to values in [0, 1]'),
    mean: channelValues.describe('Subtracted after scaling, in the channel order of the network'),
    std: channelValues.describe('Divided by, in the channel order of the network'),
  })
  .meta({ id: 'Preprocessing' });

const modelSummary = z.object({
  id: z.uuid(),
  name: modelName,
  architecture: z.string(),
  digest: sha256.describe('sha256 over architecture, weights and preprocessing'),
  parameters: z.int().describe('Number of learned values'),
  layerCount: z.int(),
  preprocessing: preprocessingSchema,
  checkpoint: z.object({ sha256, bytes: z.int(), format: z.string() }),
  source: z.string().nullable(),
  license: z.string().nullable(),
  createdAt: timestamp,
});

export const modelSummarySchema = modelSummary.meta({ id: 'ModelSummary' });

export const modelSchema = modelSummary
  .extend({
    classes: z.array(z.string()).describe('Class names of the logits; empty where unknown'),
    selfTest: z.unknown().describe('What the import checked, with its outcome'),
  })
  .meta({ id: 'Model' });

const tags = ['models'];
const params = z.object({ name: modelName });

export const listModels = {
  method: 'GET',
  url: '/models',
  schema: {
    operationId: 'listModels',
    tags,
    summary: 'List the registered models',
    response: {
      200: z.object({ items: z.array(modelSummarySchema) }).meta({ id: 'ModelList' }),
      ...problems,
    },
  },
} as const satisfies RouteContract;

export const getModel = {
  method: 'GET',
  url: '/models/:name',
  schema: {
    operationId: 'getModel',
    tags,
    summary: 'Get a model',
    params,
    response: { 200: modelSchema, ...problems },
  },
} as const satisfies RouteContract;

export const listLayers = {
  method: 'GET',
  url: '/models/:name/layers',
  schema: {
    operationId: 'listLayers',
    tags,
    summary: 'List the layers of a model in the order of computation',
    params,
    response: { 200: z.object({ items: z.array(layerSchema) }).meta({ id: 'LayerList' }), ...problems },
  },
} as const satisfies RouteContract;

export const registerModel = {
  method: 'POST',
  url: '/models',
  schema: {
    operationId: 'registerModel',
    tags,
    summary: 'Register a model',
    description:
      'The body is the manifest that `fovea model import` writes. The checkpoint that it names is uploaded before, ' +
      'by PUT /checkpoints/{sha256}. Registering the same manifest twice answers with the model that is there.',
    body: json.meta({ id: 'ModelManifest' }),
    response: { 200: modelSchema, 201: modelSchema, ...problems },
  },
} as const satisfies RouteContract;

export const putCheckpoint = {
  method: 'PUT',
  url: '/checkpoints/:sha256',
  schema: {
    operationId: 'putCheckpoint',
    tags,
    summary: 'Upload the weights of a model',
    description: 'The body is the file, streamed; it is refused when its sha256 is not the one in the path.',
    params: z.object({ sha256 }),
    body: z.any().meta({ type: 'string', format: 'binary' }),
    consumes: ['application/octet-stream'],
    response: {
      200: z
        .object({ sha256, bytes: z.int() })
        .meta({ id: 'StoredCheckpoint' })
        .describe('Was stored already'),
      201: z.object({ sha256, bytes: z.int() }).describe('Stored'),
      ...problems,
    },
  },
} as const satisfies RouteContract;
