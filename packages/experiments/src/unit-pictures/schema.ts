/**
 * Pictures of the units of a layer, as a catalogue shows them: what excites and what inhibits a unit, by the neuron and
 * by the channel objective, from several random starts that are all kept.
 */
import { z } from 'zod';
import { engineSchema } from '../engine-schema.ts';
import { checkObjective } from '../feature-visualization/check.ts';
import { contradictionsOf } from '../feature-visualization/contradictions.ts';
import { featureVisualizationPresets } from '../feature-visualization/presets.ts';
import {
  featureVisualizationInput,
  type FeatureVisualizationInput,
} from '../feature-visualization/schema.ts';
import type { InputIssue, KindSchema, ModelInfo } from '../kind-schema.ts';
import { takesOf, type Take } from './takes.ts';
import { visualizationOf } from './visualization.ts';

const ofVisualization = featureVisualizationInput.shape;

const unique = (list: readonly unknown[]) => new Set(list).size === list.length;

/** Settings contradict each other whatever the unit. */
const plainTake: Take = { channel: 0, objective: 'channel', sign: 1, restart: 0, batch: 1 };

export const unitPicturesInput = z
  .strictObject({
    model: ofVisualization.model,
    layer: z
      .string()
      .min(1)
      .max(200)
      .describe('Hook point of the model, such as Mixed_5d')
      .meta({ title: 'Layer', group: 'Target', widget: 'layer' }),
    channels: z
      .array(z.int().min(0).max(100_000))
      .min(1)
      .max(4096)
      .refine(unique, 'Each channel once')
      .describe('Whose pictures to make, by number from 0')
      .meta({ title: 'Channels', group: 'Target' }),
    objectives: z
      .array(z.enum(['neuron', 'channel']))
      .min(1)
      .refine(unique, 'Each objective once')
      .default(['neuron', 'channel'])
      .describe(
        'What of a unit is maximised: its value in the middle of the picture (neuron), its mean over all positions (channel). Layers without positions have the latter only',
      )
      .meta({ title: 'Objectives', group: 'Pictures' }),
    signs: z
      .array(z.union([z.literal(1), z.literal(-1)]))
      .min(1)
      .refine(unique, 'Each sign once')
      .default([1, -1])
      .describe('1 for what excites a unit, −1 for what inhibits it: what its value before the ReLU falls at')
      .meta({ title: 'Signs', group: 'Pictures' }),
    restarts: z
      .int()
      .min(1)
      .max(16)
      .default(2)
      .describe('Random starts, all of which are kept. Restart r has the seed of the run plus r')
      .meta({ title: 'Restarts', group: 'Pictures' }),
    diversity: z
      .int()
      .min(0)
      .max(8)
      .refine((count) => count !== 1, 'One picture has nothing to differ from: 0 for none, or at least 2')
      .default(0)
      .describe('Further pictures of the channel that are optimised together to differ; 0 for none')
      .meta({ title: 'Diverse pictures', group: 'Pictures' }),
    diversityWeight: z
      .number()
      .positive()
      .max(100_000)
      .default(100)
      .describe('Penalty on diverse pictures that resemble each other in the layer; Lucid uses 100')
      .meta({ title: 'Diversity weight', group: 'Pictures', advanced: true }),
    width: ofVisualization.width,
    height: ofVisualization.height,
    steps: ofVisualization.steps.removeDefault().default(256),
    optimizer: ofVisualization.optimizer,
    learningRate: ofVisualization.learningRate,
    transforms: ofVisualization.transforms,
    redirectedRelu: ofVisualization.redirectedRelu,
    maxPoolGradient: ofVisualization.maxPoolGradient,
    parametrization: ofVisualization.parametrization,
    decorrelate: ofVisualization.decorrelate,
    standardDeviation: ofVisualization.standardDeviation,
    decayPower: ofVisualization.decayPower,
    gain: ofVisualization.gain,
  })
  .superRefine((input, context) => {
    for (const { path, message } of contradictionsOf(visualizationOf(input, plainTake)))
      context.addIssue({ code: 'custom', path: [...path], message });
    if (input.diversity > 0 && input.parametrization === 'maco')
      context.addIssue({
        code: 'custom',
        path: ['diversity'],
        message: 'MaCo optimises one picture at a time',
      });
  });

export type UnitPicturesInput = z.infer<typeof unitPicturesInput>;

export const unitPicturesResult = z.strictObject({
  pictures: z.int().describe('Made, of all units'),
  engine: engineSchema
    .nullable()
    .describe('On what they were computed; null where all were made by earlier attempts'),
  suspects: z
    .array(
      z.strictObject({
        picture: z.string().describe('Name of its artifact'),
        code: z.string().describe('What went wrong, as feature visualization tells it'),
        message: z.string(),
      }),
    )
    .describe('Pictures that may show nothing'),
});

export type UnitPicturesResult = z.infer<typeof unitPicturesResult>;

export const unitPicturesSchema: KindSchema<UnitPicturesInput, UnitPicturesResult> = {
  name: 'unit-pictures',
  title: 'Pictures of units',
  description: 'Optimises images for many units of a layer: what excites and what inhibits each',
  version: 1,
  input: unitPicturesInput,
  result: unitPicturesResult,
  steps: (input) => input.steps * takesOf(input).length,
  stepSize: (input) => input.width * input.height,
  model: (input) => input.model,
  dataset: () => null,
  check: checkInput,
  presets: Object.fromEntries(
    Object.entries(featureVisualizationPresets).map(([name, preset]) => [name, withoutBatch(preset)]),
  ),
};

function withoutBatch(preset: Partial<FeatureVisualizationInput>): Partial<UnitPicturesInput> {
  const { batch: _batch, objective: _objective, ...rest } = preset;
  return rest;
}

function checkInput(input: UnitPicturesInput, model: ModelInfo): readonly InputIssue[] {
  const { layer, channels, objectives } = input;
  const ofLayer = objectives.flatMap((type, index) =>
    checkObjective({ type, layer, channel: 0 }, { ...input, alpha: false }, model).map((issue) =>
      issue.code === 'not_spatial'
        ? { ...issue, path: ['objectives', index] }
        : { ...issue, path: ['layer'] },
    ),
  );
  if (ofLayer.length > 0) return ofLayer.slice(0, 1);
  return channels.flatMap((channel, index) =>
    checkObjective({ type: 'channel', layer, channel }, { ...input, alpha: false }, model).map((issue) => ({
      ...issue,
      path: ['channels', index],
    })),
  );
}
