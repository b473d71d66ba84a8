/**
 * An activation atlas of a layer: activations of many images laid out in a plane, and icons of what the network sees in each
 * part of it. Carter et al., "Activation Atlas", Distill 2019; figures are Lucid's recipes.
 */
import { z } from 'zod';
import { engineSchema } from '../engine-schema.ts';
import { splitOf } from '../activation-sweep/split.ts';
import { checkObjective } from '../feature-visualization/check.ts';
import type { DatasetInfo, InputIssue, KindSchema, ModelInfo } from '../kind-schema.ts';

/** Beyond these the similarities of all pairs take too long. */
const mostSamples = 50_000;

export const activationAtlasInput = z
  .strictObject({
    model: z
      .string()
      .min(1)
      .max(200)
      .describe('Name of a registered model')
      .meta({ title: 'Model', group: 'Target', widget: 'model' }),
    layer: z
      .string()
      .min(1)
      .max(300)
      .describe('Hook point of the model, such as Mixed_7a')
      .meta({ title: 'Layer', group: 'Target', widget: 'layer' }),
    logits: z
      .string()
      .min(1)
      .max(300)
      .nullable()
      .default(null)
      .describe(
        "Layer of class logits to which cells are attributed; if left empty the model's output where its classes are named",
      )
      .meta({ title: 'Logits', group: 'Target', widget: 'layer', advanced: true }),
    dataset: z
      .string()
      .min(1)
      .max(200)
      .describe('Name of a registered dataset')
      .meta({ title: 'Dataset', group: 'Images', widget: 'dataset' }),
    split: z
      .string()
      .min(1)
      .max(200)
      .nullable()
      .default(null)
      .describe('Part of the dataset; if left empty `test` where there is one, else the first')
      .meta({ title: 'Split', group: 'Images' }),
    images: z
      .int()
      .min(10)
      .max(mostSamples)
      .default(10_000)
      .describe('Images at most; of a larger split so many are drawn at random')
      .meta({ title: 'Images', group: 'Images', unit: 'images' }),
    positions: z
      .int()
      .min(1)
      .max(100)
      .default(1)
      .describe(
        'Activations of an image, at random positions that are no edge. The article takes one of each of a million images; a small dataset needs more',
      )
      .meta({ title: 'Positions', group: 'Images', unit: 'per image' }),
    neighbors: z
      .int()
      .min(2)
      .max(200)
      .default(50)
      .describe('Nearest activations to which one is kept close: more show the whole rather than the detail')
      .meta({ title: 'Neighbours', group: 'Layout' }),
    minimumDistance: z
      .number()
      .min(0)
      .max(0.99)
      .default(0.05)
      .describe('Between points of the layout: less packs them more tightly')
      .meta({ title: 'Minimum distance', group: 'Layout', advanced: true }),
    grids: z
      .array(z.int().min(2).max(64))
      .min(1)
      .max(5)
      .refine((sizes) => new Set(sizes).size === sizes.length, 'Each size once')
      .default([10, 20])
      .describe('Cells to a side, one atlas for each')
      .meta({ title: 'Grids', group: 'Layout', unit: 'cells' }),
    minimum: z
      .int()
      .min(0)
      .max(1000)
      .default(5)
      .describe('Cells with no more activations than this stay empty')
      .meta({ title: 'Cells need more than', group: 'Layout', unit: 'activations' }),
    iconSize: z
      .int()
      .min(32)
      .max(256)
      .default(96)
      .describe('Side of an icon')
      .meta({ title: 'Icon size', group: 'Icons', unit: 'px' }),
    iconSteps: z
      .int()
      .min(1)
      .max(2000)
      .default(128)
      .describe('Updates of an icon')
      .meta({ title: 'Steps', group: 'Icons', unit: 'updates' }),
    attempts: z
      .int()
      .min(1)
      .max(10)
      .default(3)
      .describe('Random starts of an icon, of which the best is kept')
      .meta({ title: 'Attempts', group: 'Icons' }),
    cossimPow: z
      .number()
      .min(0)
      .max(10)
      .default(2)
      .describe('Power of the cosine in the objective: more looks for the direction alone, not for strength')
      .meta({ title: 'Cosine power', group: 'Icons', advanced: true }),
    ridge: z
      .number()
      .min(0.0001)
      .max(100)
      .default(0.1)
      .describe('Share of the mean variance added in whitening: more for fewer activations')
      .meta({ title: 'Whitening ridge', group: 'Icons', advanced: true }),
    batch: z
      .int()
      .min(1)
      .max(64)
      .default(16)
      .describe('Icons that are made together')
      .meta({ title: 'Icons at once', group: 'Icons', advanced: true }),
  })
  .refine(({ images, positions }) => images * positions <= mostSamples, {
    path: ['images'],
    message: `No more than ${mostSamples} activations: fewer images, or fewer positions of each`,
  });

export type ActivationAtlasInput = z.infer<typeof activationAtlasInput>;

const atlasCell = z.strictObject({
  row: z.int(),
  column: z.int(),
  count: z.int().describe('Activations in it'),
  units: z
    .array(
      z.strictObject({
        unit: z.int(),
        mean: z.number().describe('Over the activations of the cell'),
        above: z.number().describe('By how many standard deviations that is above the mean of all'),
      }),
    )
    .describe('Those that stand out most from the mean of all activations'),
  classes: z
    .array(z.strictObject({ class: z.int(), name: z.string(), attribution: z.number() }))
    .describe(
      'To which the cell adds most: mean of h · ∂logit/∂h. None where the network has no known logits',
    ),
  examples: z
    .array(
      z.strictObject({
        image: z.int().describe('Index in the split'),
        id: z.string(),
        position: z.int().describe('Of the layer'),
      }),
    )
    .describe("Nearest to the cell's mean, nearest first"),
});

export type AtlasCell = z.infer<typeof atlasCell>;

/** Content of the artifact `atlas.json`. Both pictures have the cells where the grid has them. */
export const activationAtlas = z.strictObject({
  model: z.string(),
  layer: z.string(),
  dataset: z.string(),
  split: z.string(),
  images: z.int(),
  samples: z.int().describe('Activations, of all images'),
  grids: z.array(
    z.strictObject({
      size: z.int().describe('Cells to a side'),
      icons: z.string().describe('Artifact: icons of the cells, transparent where there is none'),
      examples: z.string().describe('Artifact: up to four crops of images for each cell'),
      cells: z.array(atlasCell),
    }),
  ),
});

export type ActivationAtlas = z.infer<typeof activationAtlas>;

/** Of the layer, for its page. */
export const atlasEvidence = z.strictObject({
  atlas: z.string().describe('Artifact that holds the atlas'),
  dataset: z.string(),
  images: z.int(),
  samples: z.int(),
  grids: z.array(z.strictObject({ size: z.int(), icons: z.string(), examples: z.string(), cells: z.int() })),
});

export type AtlasEvidence = z.infer<typeof atlasEvidence>;

export const activationAtlasResult = z.strictObject({
  engine: engineSchema
    .nullable()
    .describe('On what icons were computed; null where an earlier attempt had made them all'),
  ...atlasEvidence.shape,
});

export type ActivationAtlasResult = z.infer<typeof activationAtlasResult>;

export const activationAtlasSchema: KindSchema<ActivationAtlasInput, ActivationAtlasResult> = {
  name: 'activation-atlas',
  title: 'Activation atlas',
  description:
    'Lays activations of many images out in a plane and shows what the network sees in each part of it',
  version: 1,
  input: activationAtlasInput,
  result: activationAtlasResult,
  steps: ({ images, grids, batch, iconSteps, attempts }) =>
    images + grids.reduce((sum, size) => sum + Math.ceil((size * size) / batch) * iconSteps * attempts, 0),
  stepSize: ({ iconSize, batch }) => iconSize * iconSize * batch,
  model: (input) => input.model,
  dataset: (input) => input.dataset,
  check: checkInput,
  presets: {
    'small-dataset': { images: 3000, positions: 16, neighbors: 15, grids: [8, 12], minimum: 3 },
    notebook: { neighbors: 20, minimumDistance: 0.01, grids: [20] },
  },
};

function checkInput(
  { layer, logits, split, iconSize }: ActivationAtlasInput,
  model: ModelInfo,
  dataset?: DatasetInfo | null,
): readonly InputIssue[] {
  const picture = { width: iconSize, height: iconSize, alpha: false };
  const ofLayer = (name: string, path: string) =>
    checkObjective({ type: 'channel', layer: name, channel: 0 }, picture, model).map((issue) => ({
      ...issue,
      path: [path],
    }));
  const issues = [...ofLayer(layer, 'layer'), ...(logits === null ? [] : ofLayer(logits, 'logits'))];
  if (!dataset || Object.hasOwn(dataset.splits, splitOf(split, dataset)!)) return issues;
  const splits = Object.keys(dataset.splits);
  const message = `${dataset.name} has no split ${split}; it has ${splits.join(', ')}`;
  return [...issues, { code: 'unknown_split', path: ['split'], message, nearest: splits }];
}
