import { weightKernel } from '@fovea/experiments/schema';
import { z } from 'zod';
import { pageOf, pageQuery, problems, timestamp, type RouteContract } from '../../http/contract.ts';
import { modelName } from '../models/contract.ts';
import { layerName } from '../units/contract.ts';

const place = z
  .strictObject({ layer: layerName, channel: z.int().min(0).max(1_000_000) })
  .meta({ id: 'UnitPlace' });

/** "mixed4a:97"; names of layers hold no colons. */
const unitText = z
  .string()
  .regex(/^[^:]{1,300}:\d{1,7}$/, 'must be layer:channel')
  .transform((text) => {
    const colon = text.lastIndexOf(':');
    return { layer: text.slice(0, colon), channel: Number(text.slice(colon + 1)) };
  });

/** A repeated parameter comes as a list, a single one as itself. */
const unitList = z
  .union([unitText.transform((unit) => [unit]), z.array(unitText).min(1).max(40)])
  .describe('The units chosen, as layer:channel; repeated');

export const circuitEdgeSchema = z
  .strictObject({
    from: place,
    to: place,
    l2: z.number().describe('Root of the sum of squares over the kernel'),
    sum: z.number().describe('Signed sum over the kernel: below zero inhibits'),
    kernel: weightKernel,
  })
  .meta({ id: 'CircuitEdge' });

const foundUnit = z
  .object({
    layer: layerName,
    channel: z.int(),
    label: z.string().nullable().describe('Of a logit: the name of its class'),
    chosen: z.boolean().describe('Whether it was asked for, rather than found beside one that was'),
    ordinal: z.int().describe("The layer's place in the order of computation; −1 for the image"),
    thumbnail: z.string().nullable().describe('Address of a small picture of the unit; signed, expires'),
  })
  .meta({ id: 'FoundCircuitUnit' });

export const foundCircuitSchema = z
  .object({
    model: modelName,
    units: z.array(foundUnit),
    edges: z.array(circuitEdgeSchema).describe('Between units of which at least one was chosen'),
    unknown: z
      .array(z.object({ from: layerName, to: layerName }))
      .describe(
        'Layers of chosen units, next to each other among these, between which no weights were read yet',
      ),
  })
  .meta({ id: 'FoundCircuit' });

const graphUnit = place.extend({ chosen: z.boolean() }).meta({ id: 'CircuitUnit' });

const coordinate = z.number().min(-1e6).max(1e6);

export const circuitGraphSchema = z
  .strictObject({
    units: z.array(graphUnit).max(400),
    edges: z.array(circuitEdgeSchema).max(4000),
    positions: z
      .record(z.string(), z.strictObject({ x: coordinate, y: coordinate }))
      .describe('Of units that somebody moved, by layer:channel'),
    threshold: z
      .number()
      .min(0)
      .max(1)
      .describe('Edges are shown from this share of the strongest into a unit'),
  })
  .meta({ id: 'CircuitGraph' });

export type CircuitGraph = z.infer<typeof circuitGraphSchema>;

const content = {
  title: z.string().trim().min(1).max(200),
  text: z.string().max(100_000).describe('Markdown; shown without raw HTML'),
  graph: circuitGraphSchema,
};

const author = z.object({ id: z.uuid(), name: z.string() });

const summary = z.object({
  id: z.uuid(),
  model: modelName,
  title: content.title,
  units: z.int(),
  thumbnails: z.array(z.string()).describe('Pictures of the first units; signed, expire'),
  createdBy: author,
  createdAt: timestamp,
  updatedAt: timestamp,
});

export const circuitSummarySchema = summary.meta({ id: 'CircuitSummary' });

export const circuitSchema = summary
  .omit({ units: true, thumbnails: true })
  .extend({
    text: content.text,
    graph: circuitGraphSchema,
    found: z.array(foundUnit).describe('The units of the graph, as they are known by now'),
  })
  .meta({ id: 'Circuit' });

const tags = ['circuits'];
const params = z.object({ id: z.uuid() });

export const findCircuit = {
  method: 'GET',
  url: '/models/:model/circuit',
  schema: {
    operationId: 'findCircuit',
    tags,
    summary: 'Find the circuit among units, with their strongest neighbours',
    description: 'From the weights that runs of unit-weights have read.',
    params: z.object({ model: modelName }),
    querystring: z.strictObject({
      unit: unitList,
      neighbours: z.coerce
        .number()
        .int()
        .min(0)
        .max(20)
        .default(2)
        .describe('Of each kind for each chosen unit: exciting and inhibiting inputs, and outputs'),
    }),
    response: { 200: foundCircuitSchema, ...problems },
  },
} as const satisfies RouteContract;

export const listCircuits = {
  method: 'GET',
  url: '/circuits',
  schema: {
    operationId: 'listCircuits',
    tags,
    summary: 'List the saved circuits, the newest first',
    querystring: z.strictObject({
      model: modelName.optional(),
      limit: pageQuery.limit,
      cursor: z.uuid().optional().describe('nextCursor of the page before'),
    }),
    response: { 200: pageOf('CircuitPage', circuitSummarySchema), ...problems },
  },
} as const satisfies RouteContract;

export const createCircuit = {
  method: 'POST',
  url: '/circuits',
  schema: {
    operationId: 'createCircuit',
    tags,
    summary: 'Save a circuit',
    body: z.strictObject({ model: modelName, ...content }).meta({ id: 'CircuitRequest' }),
    response: { 201: circuitSchema, ...problems },
  },
} as const satisfies RouteContract;

export const getCircuit = {
  method: 'GET',
  url: '/circuits/:id',
  schema: {
    operationId: 'getCircuit',
    tags,
    summary: 'Get a saved circuit',
    params,
    response: { 200: circuitSchema, ...problems },
  },
} as const satisfies RouteContract;

export const putCircuit = {
  method: 'PUT',
  url: '/circuits/:id',
  schema: {
    operationId: 'putCircuit',
    tags,
    summary: 'Change a saved circuit',
    description: 'Answers 409 CIRCUIT_CHANGED where somebody has changed it since it was read.',
    params,
    body: z
      .strictObject({
        ...content,
        updatedAt: timestamp.describe('Of the circuit that was changed, as it was read'),
      })
      .meta({ id: 'CircuitChange' }),
    response: { 200: circuitSchema, ...problems },
  },
} as const satisfies RouteContract;

export const deleteCircuit = {
  method: 'DELETE',
  url: '/circuits/:id',
  schema: {
    operationId: 'deleteCircuit',
    tags,
    summary: 'Delete a saved circuit',
    params,
    response: { 204: z.void(), ...problems },
  },
} as const satisfies RouteContract;
