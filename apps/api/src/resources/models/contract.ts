import { hookPointSchema, manifestSchema, preprocessingSchema } from '@fovea/models';
import { z } from 'zod';
import { problems, sha256, timestamp, type RouteContract } from '../../http/contract.ts';

export const modelName = z
  .string()
  .min(1)
  .max(100)
  .describe('Name under which a model is registered, such as inception_v3');

export const layerSchema = hookPointSchema
  .extend({
    ordinal: z.int().describe('Position in the order of computation, from 0'),
    receptiveField: hookPointSchema.shape.receptiveField.unwrap().meta({ id: 'ReceptiveField' }).nullable(),
  })
  .meta({ id: 'Layer' });

/** The document says that anything is taken: its generator cannot write a schema that contains itself. */
const anyJson = z.unknown().pipe(z.json()).describe(manifestSchema.shape.config.description!);

const modelSummary = z.object({
  id: z.uuid(),
  name: modelName,
  architecture: z.string(),
  variant: z.string().describe("Which of the architecture's published forms it has"),
  digest: sha256.describe('sha256 over architecture, variant, configuration, weights and preprocessing'),
  parameters: z.int().describe('Number of learned values'),
  layerCount: z.int(),
  preprocessing: preprocessingSchema.meta({ id: 'Preprocessing' }),
  checkpoint: z.object({ sha256, bytes: z.int(), format: z.string() }),
  source: z.string().nullable(),
  license: z.string().nullable(),
  createdAt: timestamp,
});

export const modelSummarySchema = modelSummary.meta({ id: 'ModelSummary' });

export const modelSchema = modelSummary
  .extend({
    config: z.unknown().describe('The configuration that came with the weights; null where none did'),
    classes: z.array(z.string()).describe('Class names of the logits; empty where unknown'),
    selfTest: manifestSchema.shape.selfTest
      .meta({ id: 'SelfTest' })
      .describe('What the import checked, with its outcome'),
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
    body: manifestSchema.extend({ config: anyJson.optional() }).meta({ id: 'ModelManifest' }),
    response: { 200: modelSchema, 201: modelSchema, ...problems },
  },
} as const satisfies RouteContract;
