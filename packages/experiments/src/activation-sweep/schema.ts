/** A sweep of a dataset: what every unit of some layers does over its images. */
import { z } from 'zod';
import { engineSchema } from '../engine-schema.ts';
import { closest } from '@fovea/models/closest';
import { checkObjective } from '../feature-visualization/check.ts';
import type { DatasetInfo, InputIssue, KindSchema, ModelInfo } from '../kind-schema.ts';
import { splitOf } from './split.ts';

export const activationSweepInput = z
  .strictObject({
    model: z
      .string()
      .min(1)
      .max(200)
      .describe('Name of a registered model')
      .meta({ title: 'Model', group: 'Target', widget: 'model' }),
    layers: z
      .array(z.string().min(1).max(300))
      .min(1)
      .max(500)
      .refine((layers) => new Set(layers).size === layers.length, 'Each layer once')
      .describe('Hook points whose units are looked at, all of them in one pass as far as memory goes')
      .meta({ title: 'Layers', group: 'Target', widget: 'layers' }),
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
    limit: z
      .int()
      .min(1)
      .max(10_000_000)
      .default(10_000)
      .describe('Images at most; of a larger split so many are drawn at random')
      .meta({ title: 'Images', group: 'Images', unit: 'images' }),
    top: z
      .int()
      .min(1)
      .max(100)
      .default(16)
      .describe('Images kept of each unit, those with its highest values')
      .meta({ title: 'Highest examples', group: 'Examples', unit: 'images' }),
    bands: z
      .array(z.number().min(0).max(1))
      .min(2)
      .max(21)
      .default([0, 0.25, 0.5, 0.75, 0.9, 0.99, 1])
      .refine(isLadder, 'Bands lead from 0 up to 1')
      .describe('Quantiles, from 0 to 1, that part the images by how much they drive a unit')
      .meta({ title: 'Bands', group: 'Examples', advanced: true }),
    perBand: z
      .int()
      .min(0)
      .max(50)
      .default(4)
      .describe('Images drawn at random from each band, to see more than what drives a unit most')
      .meta({ title: 'Examples per band', group: 'Examples', unit: 'images' }),
    sample: z
      .int()
      .min(2)
      .max(4096)
      .default(2048)
      .describe('Images from which bands are drawn and correlations of units computed')
      .meta({ title: 'Sample', group: 'Examples', unit: 'images', advanced: true }),
    batch: z
      .int()
      .min(1)
      .max(256)
      .default(8)
      .describe('Images that go through the network together; the results do not depend on it')
      .meta({ title: 'Batch', group: 'Computation', unit: 'images', advanced: true }),
    checkpointInterval: z
      .int()
      .min(0)
      .max(10_000_000)
      .default(1024)
      .describe('Images between checkpoints, from which an interrupted run goes on; 0 for none')
      .meta({ title: 'Checkpoint every', group: 'Computation', unit: 'images', advanced: true }),
    shards: z
      .int()
      .min(1)
      .max(64)
      .default(1)
      .describe('Runs among which the images are divided, on as many workers as there are; merged exactly')
      .meta({ title: 'Shards', group: 'Computation' }),
    shard: z
      .strictObject({ index: z.int().min(0), count: z.int().min(2).max(64) })
      .refine(({ index, count }) => index < count, 'Shards count from 0')
      .nullable()
      .default(null)
      .describe('Which shard of another run this is: its result is for that run to merge')
      .meta({ title: 'Shard', group: 'Computation', hidden: true }),
  })
  .refine(({ shard, shards }) => shard === null || shards === 1, {
    path: ['shards'],
    message: 'A shard is not divided again',
  });

function isLadder(edges: readonly number[]): boolean {
  const rises = edges.every((edge, index) => index === 0 || edge > edges[index - 1]!);
  return rises && edges[0] === 0 && edges.at(-1) === 1;
}

export type ActivationSweepInput = z.infer<typeof activationSweepInput>;

export const activationSweepResult = z.strictObject({
  split: z.string(),
  images: z.int().describe('That were swept'),
  engine: engineSchema.describe('On what the network was computed'),
  layers: z
    .array(
      z.strictObject({
        layer: z.string(),
        tokens: z.enum(['all', 'class', 'extra', 'patches']),
        units: z.int(),
        dead: z.int().describe('Units that are above zero on no image'),
      }),
    )
    .describe('Empty for a shard'),
});

export type ActivationSweepResult = z.infer<typeof activationSweepResult>;

export const activationSweepSchema: KindSchema<ActivationSweepInput, ActivationSweepResult> = {
  name: 'activation-sweep',
  title: 'Activation sweep',
  description: 'Statistics, examples and related units for every unit of some layers, over a dataset',
  version: 1,
  input: activationSweepInput,
  result: activationSweepResult,
  steps: (input, dataset) => Math.ceil(imagesOf(input, dataset) / (input.shard?.count ?? 1)),
  stepSize: () => 1,
  model: (input) => input.model,
  dataset: (input) => input.dataset,
  shards: ({ shards, ...input }) =>
    shards === 1
      ? []
      : Array.from({ length: shards }, (_, index) => ({
          ...input,
          shards: 1,
          shard: { index, count: shards },
        })),
  check: (input, model, dataset) => [...checkLayers(input, model), ...checkSplit(input, dataset)],
  presets: {
    quick: { limit: 500, top: 9, perBand: 2, sample: 500 },
    thorough: { limit: 100_000, top: 25, perBand: 8, sample: 4096 },
  },
};

function imagesOf({ split, limit }: ActivationSweepInput, dataset?: DatasetInfo | null): number {
  const chosen = dataset && splitOf(split, dataset);
  return Math.min(limit, chosen ? (dataset.splits[chosen] ?? 0) : Infinity);
}

function checkLayers({ layers }: ActivationSweepInput, model: ModelInfo): InputIssue[] {
  const picture = { width: 1, height: 1, alpha: false };
  return layers.flatMap((layer, index) =>
    checkObjective({ type: 'channel', layer, channel: 0 }, picture, model).map((issue) => ({
      ...issue,
      path: ['layers', index],
    })),
  );
}

function checkSplit({ split }: ActivationSweepInput, dataset?: DatasetInfo | null): InputIssue[] {
  if (!dataset) return [];
  const splits = Object.keys(dataset.splits);
  const chosen = splitOf(split, dataset);
  const issue = (message: string, nearest: readonly string[]): InputIssue[] => [
    { code: 'unknown_split', path: ['split'], message, nearest },
  ];
  if (chosen === undefined) return issue(`${dataset.name} has no images`, []);
  if (!splits.includes(chosen))
    return issue(
      `${dataset.name} has no split "${chosen}"; there are ${splits.join(', ')}`,
      closest(chosen, splits),
    );
  return dataset.splits[chosen] === 0 ? issue(`The split "${chosen}" of ${dataset.name} is empty`, []) : [];
}
