/** What is recorded of how sparse weights are, of each unit and of each layer. */
import { z } from 'zod';

export const sparsityFigures = z.strictObject({
  l0At10: z.number().nullable().describe('Share that is at least a tenth of the largest, 0 to 1'),
  l0At30: z.number().nullable().describe('Share that is at least 0.3 of the largest, 0 to 1'),
  gini: z.number().nullable().describe('0 where all are alike, near 1 where one has everything'),
  hoyer: z.number().nullable().describe('0 where all are alike, 1 where one has everything'),
  participationRatio: z.number().nullable().describe('How many of one size would be as spread'),
  kurtosis: z.number().nullable().describe('3 if they are normal, more where few are large'),
});

export type SparsityFigures = z.infer<typeof sparsityFigures>;

const variant = {
  path: z.string().nullable().describe('The residual path that was taken alone; null for all, summed'),
  weighed: z
    .boolean()
    .describe("Whether each weight was multiplied by its input's standard deviation over a dataset"),
};

/** Of one unit: `data` of its evidence of kind `weight-sparsity`, whose subject is the layer that it reads. */
export const unitSparsity = z.strictObject({
  from: z.string(),
  of: z.enum(['connections', 'weights']),
  variants: z.array(z.strictObject({ ...variant, figures: sparsityFigures })),
});

export type UnitSparsity = z.infer<typeof unitSparsity>;

export const weightNull = z.enum(['gaussian', 'shuffled', 'untrained']);

const spread = z
  .array(z.number())
  .describe(
    'Over the units, at the quantiles 0, 0.05, 0.1, ... 1: 21 numbers, or none where none is a number',
  );

export const layerFigure = z.enum([
  'l0At10',
  'l0At30',
  'gini',
  'hoyer',
  'participationRatio',
  'kurtosis',
  'effectiveRank',
]);

export type LayerFigureName = z.infer<typeof layerFigure>;

export const sparsityVariant = z.strictObject({
  ...variant,
  figures: z.array(
    z.strictObject({
      name: layerFigure,
      trained: z
        .number()
        .nullable()
        .describe('Median over units; for the effective rank the mean over branches'),
      nulls: z.array(
        z.strictObject({
          kind: weightNull,
          mean: z.number().nullable().describe('Over repetitions'),
          interval: z
            .tuple([z.number(), z.number()])
            .nullable()
            .describe('In which the middle 95 % of repetitions lie; of few repetitions, all'),
          beyond: z
            .number()
            .describe(
              'Share of repetitions whose figure is at least the trained one; near 0 or 1 tells them apart',
            ),
        }),
      ),
    }),
  ),
  distributions: z.array(
    z.strictObject({
      name: layerFigure.exclude(['effectiveRank']),
      trained: spread,
      nulls: z.array(z.strictObject({ kind: weightNull, quantiles: spread })),
    }),
  ),
  mass: z.strictObject({
    shares: z.array(z.number()).describe('Of the largest weights of a unit'),
    trained: z.array(z.number()).describe('What part of the sum of sizes they have, the mean over units'),
    nulls: z.array(z.strictObject({ kind: weightNull, mass: z.array(z.number()) })),
  }),
  effectiveRanks: z.array(
    z.strictObject({
      name: z.string().describe('Of the branch'),
      rank: z.number(),
      most: z.int().describe('That the shape of its weights allows'),
    }),
  ),
});

export type SparsityVariant = z.infer<typeof sparsityVariant>;

/** Of a layer: `data` of its evidence of kind `weight-sparsity`, and the result of the run. */
export const layerSparsityEvidence = z.strictObject({
  layer: z.string(),
  from: z.string(),
  of: z.enum(['connections', 'weights']),
  units: z.int(),
  inputs: z.int(),
  repetitions: z.int().describe('Of each kind of weights that nothing was learned by'),
  dataset: z.string().nullable().describe('Over which inputs were weighed'),
  variants: z.array(sparsityVariant).describe('All paths first, without weighing'),
});

export type LayerSparsityEvidence = z.infer<typeof layerSparsityEvidence>;
