/** What is recorded of the weights of a unit and of a layer, for their pages. */
import { z } from 'zod';
import { tensorSlice } from '../activation-sweep/evidence.ts';

export const weightKernel = z.strictObject({
  height: z.int(),
  width: z.int(),
  values: z
    .array(z.number())
    .describe('Row after row, to three digits: a cross-correlation, first row at the top of the picture'),
});

export type WeightKernel = z.infer<typeof weightKernel>;

export const unitConnection = z.strictObject({
  channel: z.int().describe('Of the unit in the other layer'),
  branch: z.string().describe('Of the other layer: the hook point that computes the channel'),
  l2: z.number().describe('Root of the sum of squares over the kernel'),
  sum: z.number().describe('Signed sum over the kernel'),
  kernel: weightKernel,
});

export type UnitConnection = z.infer<typeof unitConnection>;

export const weightFactors = z.strictObject({
  height: z.int(),
  width: z.int(),
  maps: z
    .array(z.array(z.number()))
    .describe('Of each factor, row after row and signed; shown as red, green and blue'),
  channels: z
    .array(z.array(z.strictObject({ channel: z.int(), share: z.number() })))
    .describe('The units of the other layer that make up most of each factor, strongest first'),
  residual: z.number().describe('Share of the norm of the weights that the factors leave out'),
});

export type WeightFactors = z.infer<typeof weightFactors>;

/** Of one unit: `data` of its evidence of kind `unit-weights`, whose subject is the other layer. */
export const unitWeights = z.strictObject({
  direction: z
    .enum(['inputs', 'outputs'])
    .describe('Whether the unit is built from the units of the other layer, or they from it'),
  other: z.string().describe('The other layer'),
  path: z.string().nullable().describe('The residual path that was taken alone; null for all, summed'),
  excitatory: z.array(unitConnection).describe('Whose weights add up to more than zero, strongest first'),
  inhibitory: z.array(unitConnection).describe('Whose weights add up to less than zero, strongest first'),
  largest: z.number().describe('The largest absolute value in the kernels: the ends of the palette'),
  factors: weightFactors.nullable(),
  alike: z
    .array(z.strictObject({ channel: z.int(), correlation: z.number() }))
    .describe(
      'Units of the same layer and branch whose input weights correlate most, either way; inputs only',
    ),
});

export type UnitWeights = z.infer<typeof unitWeights>;

/** Of a layer: `data` of its evidence of kind `unit-weights`, whose subject is the other layer. */
export const layerWeights = z.strictObject({
  from: z.string(),
  to: z.string(),
  path: z.string().nullable(),
  paths: z.array(z.string()).describe('The residual paths that lead from one to the other'),
  route: z
    .enum(['composed', 'differentiated'])
    .describe("Whether the operations' own weights were composed, or the linearised network differentiated"),
  sources: z
    .array(z.strictObject({ name: z.string(), start: z.int(), count: z.int() }))
    .describe('Branches of the layer that is read, in the order of its channels'),
  parts: z
    .array(
      z.strictObject({
        name: z.string(),
        start: z.int(),
        count: z.int(),
        stride: z.tuple([z.int(), z.int()]),
        offset: z
          .tuple([z.int(), z.int()])
          .describe('Position p of the unit reads positions stride · p + offset + [row, column]'),
        weights: tensorSlice.describe('[units of the branch, units of the source, height, width]'),
      }),
    )
    .describe('One for each branch of the layer that is written'),
  factors: tensorSlice
    .nullable()
    .describe("[units of the layer, 3, height, width]: each unit's three maps, smaller ones amid zeros"),
});

export type LayerWeights = z.infer<typeof layerWeights>;

/** Of one unit: `data` of its evidence of kind `expanded-weights`, whose subject is the layer that is read. */
export const unitExpandedWeights = z.strictObject({
  from: z.string(),
  height: z.int(),
  width: z.int(),
  excitatory: z.array(unitConnection.omit({ branch: true })),
  inhibitory: z.array(unitConnection.omit({ branch: true })),
  largest: z.number(),
  factors: weightFactors.nullable(),
});

export type UnitExpandedWeights = z.infer<typeof unitExpandedWeights>;
