/** Which units fire where in an image of one's own. */
import { closest } from '@fovea/models/closest';
import { z } from 'zod';
import { tensorSlice } from '../activation-sweep/evidence.ts';
import { activationSweepInput, activationSweepResult } from '../activation-sweep/schema.ts';
import { checkObjective } from '../feature-visualization/check.ts';
import type { InputIssue, KindSchema, ModelInfo } from '../kind-schema.ts';

const objectKey = z.string().regex(/^[0-9a-f]{64}$/, 'must be the sha256 of an uploaded file');

export const imageActivationsInput = z.strictObject({
  model: activationSweepInput.shape.model,
  image: objectKey
    .describe('sha256 of an uploaded image')
    .meta({ title: 'Image', group: 'Target', widget: 'image' }),
  layers: activationSweepInput.shape.layers.max(32).describe('Hook points whose units are looked at'),
  perPosition: z
    .int()
    .min(1)
    .max(16)
    .default(4)
    .describe('Units named at each position, the strongest ones')
    .meta({ title: 'Units at a position', group: 'Output' }),
  firing: z
    .int()
    .min(1)
    .max(1000)
    .default(60)
    .describe('Units listed of each layer, those that are strongest anywhere in the image')
    .meta({ title: 'Units of a layer', group: 'Output' }),
  usual: z
    .record(z.string(), objectKey)
    .default({})
    .describe(
      'By layer, sha256 of the vectors of a sweep: activations are then measured by what is usual for a unit, 0 for its mean and 1 for what one image in ten exceeds',
    )
    .meta({ title: 'Measured by sweeps', group: 'Output', advanced: true }),
});

export type ImageActivationsInput = z.infer<typeof imageActivationsInput>;

const firingUnit = z.strictObject({
  channel: z.int(),
  maximum: z.number(),
  position: z.int().describe('Of the maximum: row · columns + column of the grid'),
  mean: z.number().describe('Over all positions'),
});

const layerResult = z.strictObject({
  layer: z.string(),
  tokens: activationSweepResult.shape.layers.element.shape.tokens,
  units: z.int(),
  grid: z.tuple([z.int(), z.int()]).describe('Rows and columns of positions'),
  relative: z.boolean().describe('Whether activations are measured by what is usual for the unit'),
  firing: z.array(firingUnit).describe('Strongest first'),
  dictionary: z.string().describe('Artifact with the strongest units of each position'),
  maps: tensorSlice.describe(
    '[units, rows, columns]: what each unit does at each position, as it is computed',
  ),
});

export const imageActivationsResult = z.strictObject({
  engine: activationSweepResult.shape.engine,
  image: z.string().describe('Artifact with the image as the network reads it'),
  layers: z.array(layerResult),
});

export type ImageActivationsResult = z.infer<typeof imageActivationsResult>;

/** What an artifact of a dictionary holds. Units count along the second axis, strongest first. */
export const dictionarySchema = z.strictObject({
  layer: z.string(),
  grid: layerResult.shape.grid,
  channels: z.array(z.array(z.int())).describe('[positions, units]'),
  values: z.array(z.array(z.number())).describe('[positions, units]'),
});

export type SemanticDictionary = z.infer<typeof dictionarySchema>;

export const imageActivationsSchema: KindSchema<ImageActivationsInput, ImageActivationsResult> = {
  name: 'image-activations',
  title: 'Units that fire in an image',
  description: 'Names the units that are strongest at each position of an image, and maps where each fires',
  version: 1,
  input: imageActivationsInput,
  result: imageActivationsResult,
  steps: () => 1,
  stepSize: () => 1,
  model: (input) => input.model,
  dataset: () => null,
  objects: ({ image, usual }) => [...new Set([image, ...Object.values(usual)])],
  check: checkLayers,
  presets: {},
};

function checkLayers({ layers, usual }: ImageActivationsInput, model: ModelInfo): InputIssue[] {
  const picture = { width: 1, height: 1, alpha: false };
  const ofLayers = layers.flatMap((layer, index) =>
    checkObjective({ type: 'channel', layer, channel: 0 }, picture, model).map((issue) => ({
      ...issue,
      path: ['layers', index],
    })),
  );
  const ofVectors = Object.keys(usual)
    .filter((key) => !layers.some((layer) => key === layer || key.startsWith(`${layer}.`)))
    .map((key): InputIssue => ({
      code: 'unknown_layer',
      path: ['usual', key],
      message: `${key} is not among the layers that are looked at`,
      nearest: closest(key, layers),
    }));
  return [...ofLayers, ...ofVectors];
}
