/** The weights between units of a layer and units of the layers next to it, with all that lies between composed. */
import { z } from 'zod';
import { checkObjective } from '../feature-visualization/check.ts';
import type { InputIssue, KindSchema, ModelInfo } from '../kind-schema.ts';

const layerName = z.string().min(1).max(300);

export const unitWeightsInput = z.strictObject({
  model: z
    .string()
    .min(1)
    .max(200)
    .describe('Name of a registered model')
    .meta({ title: 'Model', group: 'Target', widget: 'model' }),
  layer: layerName
    .describe('Hook point whose units are looked at, such as mixed4a')
    .meta({ title: 'Layer', group: 'Target', widget: 'layer' }),
  others: z
    .array(layerName.meta({ widget: 'layer' }))
    .max(8)
    .default([])
    .describe(
      'Layers at the other end of the weights, before or after it, `image` for the input; if left empty the named layers next to it',
    )
    .meta({ title: 'Other layers', group: 'Target' }),
  path: z
    .string()
    .min(1)
    .max(1000)
    .nullable()
    .default(null)
    .describe(
      'A residual path to take alone, by the name that the evidence of the layer gives it; all if left empty',
    )
    .meta({ title: 'Residual path', group: 'Target', advanced: true }),
  expandedFrom: layerName
    .nullable()
    .default(null)
    .describe(
      'A layer any number of layers before, down to which expanded weights are computed; none if left empty',
    )
    .meta({ title: 'Expanded weights from', group: 'Target', widget: 'layer' }),
  rankBy: z
    .enum(['l2', 'sum'])
    .default('l2')
    .describe('What makes a connection strong: the L2 norm of its kernel, or the absolute value of its sum')
    .meta({ title: 'Rank by', group: 'Connections' }),
  most: z
    .int()
    .min(1)
    .max(100)
    .default(10)
    .describe('Connections kept of each unit, excitatory and inhibitory alike')
    .meta({ title: 'Strongest', group: 'Connections', unit: 'connections' }),
  share: z
    .number()
    .min(0)
    .max(1)
    .default(0.3)
    .describe('Connections weaker than this share of the strongest are left out')
    .meta({ title: 'Share of the strongest', group: 'Connections', advanced: true }),
  factors: z
    .boolean()
    .default(true)
    .describe(
      "Also reduces each unit's weights to three factors, shown as colours, as weight banding is seen",
    )
    .meta({ title: 'Factors', group: 'Connections' }),
  layerNorms: z
    .enum(['unit', 'grey'])
    .default('unit')
    .describe(
      'By what layer norms divide: by one, so that weights are relative to normalised values, or by their deviations on a grey image',
    )
    .meta({ title: 'Layer norms', group: 'Linearisation', advanced: true }),
  leaveOutAttention: z
    .boolean()
    .default(false)
    .describe(
      'Leaves out what attention moves between positions, which has no weights; else such layers are refused',
    )
    .meta({ title: 'Leave attention out', group: 'Linearisation', advanced: true }),
});

export type UnitWeightsInput = z.infer<typeof unitWeightsInput>;

export const unitWeightsResult = z.strictObject({
  layer: z.string(),
  others: z.array(
    z.strictObject({
      layer: z.string(),
      direction: z.enum(['inputs', 'outputs']),
      route: z.enum(['composed', 'differentiated']),
      paths: z.array(z.string()),
      weights: z.string().describe('Artifact with the whole tensor'),
      factors: z.string().nullable().describe('Artifact with the maps of the factors of every unit'),
    }),
  ),
});

export type UnitWeightsResult = z.infer<typeof unitWeightsResult>;

export const unitWeightsSchema: KindSchema<UnitWeightsInput, UnitWeightsResult> = {
  name: 'unit-weights',
  title: 'Unit weights',
  description: 'Effective weights between the units of a layer and those of the layers before and after it',
  version: 1,
  input: unitWeightsInput,
  result: unitWeightsResult,
  steps: ({ others, expandedFrom }) => (others.length || 2) + (expandedFrom === null ? 0 : 1),
  stepSize: () => 1,
  model: (input) => input.model,
  dataset: () => null,
  check: ({ layer, others, expandedFrom }, model) => [
    ...checkLayer(layer, model, ['layer']),
    ...others.flatMap((other, index) => checkSource(other, model, ['others', index])),
    ...(expandedFrom === null ? [] : checkSource(expandedFrom, model, ['expandedFrom'])),
  ],
  presets: {},
};

/** A layer that has units. */
export function checkLayer(layer: string, model: ModelInfo, path: InputIssue['path']): InputIssue[] {
  const picture = { width: 1, height: 1, alpha: false };
  const issues = checkObjective({ type: 'channel', layer, channel: 0 }, picture, model);
  return issues.map((issue) => ({ ...issue, path }));
}

/** The input of the network may be read too. */
function checkSource(layer: string, model: ModelInfo, path: InputIssue['path']): InputIssue[] {
  return layer === 'image' ? [] : checkLayer(layer, model, path);
}
