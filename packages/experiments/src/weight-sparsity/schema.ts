/** How sparse the weights of a layer are, and whether that is more than chance and architecture give. */
import { z } from 'zod';
import type { KindSchema } from '../kind-schema.ts';
import { checkLayer } from '../unit-weights/schema.ts';
import { layerSparsityEvidence, weightNull, type LayerSparsityEvidence } from './evidence.ts';

const layerName = z.string().min(1).max(300);

export const weightSparsityInput = z.strictObject({
  model: z
    .string()
    .min(1)
    .max(200)
    .describe('Name of a registered model')
    .meta({ title: 'Model', group: 'Target', widget: 'model' }),
  layer: layerName
    .describe('Hook point whose units are looked at')
    .meta({ title: 'Layer', group: 'Target', widget: 'layer' }),
  from: layerName
    .nullable()
    .default(null)
    .describe(
      'The layer that the weights come from, `image` for the input; if left empty the named layer before',
    )
    .meta({ title: 'From', group: 'Target', widget: 'layer' }),
  of: z
    .enum(['connections', 'weights'])
    .default('connections')
    .describe(
      'Of what: one number for each unit of the layer before (the L2 norm of its kernel, with the sign of its sum), or all weights of all kernels',
    )
    .meta({ title: 'Sparsity of', group: 'Measures' }),
  paths: z
    .boolean()
    .default(true)
    .describe('Also each residual path alone, such as what a block writes without its shortcut')
    .meta({ title: 'Each residual path', group: 'Measures' }),
  dataset: z
    .string()
    .min(1)
    .max(200)
    .nullable()
    .default(null)
    .describe(
      "A registered dataset over which inputs vary: weights are also measured multiplied by each input's standard deviation",
    )
    .meta({ title: 'Weigh by activity on', group: 'Measures', widget: 'dataset' }),
  images: z
    .int()
    .min(2)
    .max(100_000)
    .default(200)
    .describe('Images of the dataset, at most')
    .meta({ title: 'Images', group: 'Measures', unit: 'images' }),
  nulls: z
    .array(weightNull)
    .max(3)
    .refine((kinds) => new Set(kinds).size === kinds.length, 'Each kind once')
    .default(['gaussian', 'shuffled', 'untrained'])
    .describe(
      'Weights that nothing was learned by: normal ones of the same deviations, the same ones in another order, those of the network before training',
    )
    .meta({ title: 'Compared with', group: 'Comparison' }),
  repetitions: z
    .int()
    .min(1)
    .max(1000)
    .default(8)
    .describe('Of each comparison, each drawn anew')
    .meta({ title: 'Repetitions', group: 'Comparison' }),
  leaveOutAttention: z
    .boolean()
    .default(false)
    .describe('Leaves out what attention moves between positions, which has no weights')
    .meta({ title: 'Leave attention out', group: 'Linearisation', advanced: true }),
});

export type WeightSparsityInput = z.infer<typeof weightSparsityInput>;

export type WeightSparsityResult = LayerSparsityEvidence;

export const weightSparsitySchema: KindSchema<WeightSparsityInput, WeightSparsityResult> = {
  name: 'weight-sparsity',
  title: 'Weight sparsity',
  description: 'How sparse the weights of each unit are, against normal, shuffled and untrained weights',
  version: 1,
  input: weightSparsityInput,
  result: layerSparsityEvidence,
  steps: ({ nulls }) => 1 + nulls.length,
  stepSize: ({ repetitions }) => repetitions,
  model: (input) => input.model,
  dataset: (input) => input.dataset,
  check: ({ layer, from }, model) => [
    ...checkLayer(layer, model, ['layer']),
    ...(from === null || from === 'image' ? [] : checkLayer(from, model, ['from'])),
  ],
  presets: {},
};
