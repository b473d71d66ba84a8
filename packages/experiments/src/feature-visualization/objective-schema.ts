/** The zod form of interp's objective expressions: one object per objective of Lucid, and how they combine. */
import type { ObjectiveExpression } from '@fovea/interp';
import { closest } from '@fovea/models/closest';
import { z } from 'zod';

const layer = z
  .string()
  .min(1)
  .max(200)
  .describe('Hook point of the model, such as Mixed_5d, or `input` for the picture')
  .meta({ widget: 'layer' });
const channel = z.int().min(0).max(100_000).describe('Index of the channel, from 0');
const batch = z
  .int()
  .min(0)
  .max(31)
  .optional()
  .describe('Only this picture of the batch; all of them if left out');
const x = z.int().min(0).max(4096).optional().describe('Row; the middle if left out');
const y = z.int().min(0).max(4096).optional().describe('Column; the middle if left out');
const vector = z.array(z.number()).min(1).max(16_384).describe('One number per channel');
const cossimPow = z
  .number()
  .min(0)
  .max(10)
  .optional()
  .describe(
    'Power of the cosine similarity (floored at 0.1) that the dot product is multiplied by; 0 if left out',
  );
const inputLayer = layer.optional().describe('`input`, the picture, if left out');
const picture = z.array(z.array(z.array(z.number())).max(1024)).max(1024);

const leaves = [
  z
    .strictObject({ type: z.literal('neuron'), layer, channel, x, y, batch })
    .describe('One position of one channel'),
  z
    .strictObject({ type: z.literal('channel'), layer, channel, batch })
    .describe('Mean of a channel over all positions'),
  z
    .strictObject({ type: z.literal('direction'), layer, vector, cossimPow, batch })
    .describe('A direction in activation space, over all positions'),
  z
    .strictObject({ type: z.literal('directionNeuron'), layer, vector, x, y, cossimPow, batch })
    .describe('A direction in activation space at one position'),
  z
    .strictObject({ type: z.literal('directionCossim'), layer, vector, batch })
    .describe('Cosine similarity with a direction, over all positions'),
  z
    .strictObject({
      type: z.literal('tensorDirection'),
      layer,
      tensor: picture.describe('[height][width][channels]'),
      cossimPow,
    })
    .describe('A direction for each position of a patch, in the middle of the layer'),
  z.strictObject({ type: z.literal('deepdream'), layer }).describe('Mean of the squared activations'),
  z
    .strictObject({ type: z.literal('totalVariation'), layer: inputLayer })
    .describe('Differences of neighbouring values, summed'),
  z
    .strictObject({ type: z.literal('l1'), layer: inputLayer, constant: z.number().optional(), batch })
    .describe('Sum of |value - constant|'),
  z
    .strictObject({
      type: z.literal('l2'),
      layer: inputLayer,
      constant: z.number().optional(),
      epsilon: z.number().positive().optional(),
      batch,
    })
    .describe('Root of the sum of (value - constant)²'),
  z
    .strictObject({ type: z.literal('blurInputEachStep') })
    .describe('Distance of the picture from its blurred self'),
  z
    .strictObject({ type: z.literal('blurAlphaEachStep') })
    .describe('Distance of the alpha channel from its blurred self'),
  z
    .strictObject({
      type: z.literal('channelInterpolate'),
      layer1: layer,
      channel1: channel,
      layer2: layer,
      channel2: channel,
    })
    .describe('From one channel to another across the batch'),
  z
    .strictObject({
      type: z.literal('penalizeBoundaryComplexity'),
      w: z.int().min(1).max(512).optional().describe('Width of the boundary in pixels; 20 if left out'),
      c: z.number().optional().describe('Grey level that the boundary is drawn to; 0.5 if left out'),
      mask: z
        .array(z.array(z.number()).max(1024))
        .max(1024)
        .optional()
        .describe('[height][width] instead of a boundary'),
    })
    .describe('Draws the boundary towards even grey (already negative: maximise it)'),
  z
    .strictObject({ type: z.literal('alignment'), layer, decayRatio: z.number().positive().optional() })
    .describe('Neighbouring pictures of the batch alike in a layer (already negative: maximise it)'),
  z
    .strictObject({ type: z.literal('diversity'), layer })
    .describe('Likeness of the pictures of the batch in a layer: subtract it to make them differ'),
  z
    .strictObject({
      type: z.literal('inputDiff'),
      image: picture.describe('[height][width][channels] in [0, 1]'),
    })
    .describe('Distance of the picture from a given one'),
  z
    .strictObject({
      type: z.literal('classLogit'),
      layer,
      label: z.union([z.string().max(200), z.int().min(0)]).describe('Class name or index'),
    })
    .describe('Logit of a class'),
  z
    .strictObject({ type: z.literal('neuronWeight'), layer, weights: vector, x, y, batch })
    .describe('Weighted mean of the channels at one position'),
  z
    .strictObject({ type: z.literal('channelWeight'), layer, weights: vector, batch })
    .describe('Weighted mean of the channels, over all positions'),
  z
    .strictObject({
      type: z.literal('localgroupWeight'),
      layer,
      weights: vector,
      x,
      y,
      wx: z.int().min(1).max(4096).describe('Rows of the patch'),
      wy: z.int().min(1).max(4096).describe('Columns of the patch'),
      batch,
    })
    .describe('Weighted mean of the channels over a patch from (x, y)'),
] as const;

export const objectiveExpressionSchema: z.ZodType<ObjectiveExpression> = z
  .lazy(() => z.discriminatedUnion('type', [...leaves, ...combinations], { error: unknownType }))
  .meta({
    id: 'ObjectiveExpression',
    title: 'Objective',
    description: 'What the picture maximises, as a tree of objectives',
  });

const combinations = [
  z.strictObject({ type: z.literal('constant'), value: z.number() }),
  z.strictObject({
    type: z.literal('add'),
    left: objectiveExpressionSchema,
    right: objectiveExpressionSchema,
  }),
  z.strictObject({
    type: z.literal('subtract'),
    left: objectiveExpressionSchema,
    right: objectiveExpressionSchema,
  }),
  z.strictObject({
    type: z.literal('multiply'),
    left: objectiveExpressionSchema,
    right: objectiveExpressionSchema,
  }),
  z.strictObject({ type: z.literal('scale'), factor: z.number(), of: objectiveExpressionSchema }),
  z.strictObject({ type: z.literal('negate'), of: objectiveExpressionSchema }),
  z.strictObject({ type: z.literal('sum'), of: z.array(objectiveExpressionSchema).min(1).max(64) }),
  z.strictObject({ type: z.literal('mean'), of: z.array(objectiveExpressionSchema).min(1).max(64) }),
] as const;

/** How deep trees may nest: far beyond what means something, and far from where a stack ends. */
const maxNesting = 64;

/** A whole tree, measured before anything walks it by recursion. Preprocessed alone it would count as optional. */
export const objectiveTreeSchema = z.nonoptional(
  z.preprocess((tree, context) => {
    if (nestsDeeper(tree, maxNesting))
      context.addIssue({
        code: 'custom',
        message: `Objectives nest at most ${maxNesting} deep: write a long sum as one \`sum\` of parts`,
      });
    return tree;
  }, objectiveExpressionSchema),
);

/** Level by level, so that its own stack does not grow. */
function nestsDeeper(tree: unknown, limit: number): boolean {
  let level = [tree].filter(isNode);
  for (let depth = 0; depth < limit && level.length > 0; depth++) level = level.flatMap(partsOf);
  return level.length > 0;
}

function partsOf({ left, right, of }: Record<string, unknown>): Record<string, unknown>[] {
  return [left, right, of].flat().filter(isNode);
}

function isNode(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}

function unknownType(issue: z.core.$ZodRawIssue): string | undefined {
  if (issue.code !== 'invalid_union') return undefined;
  const { type } = issue.input as { readonly type?: unknown };
  const names = issue.options as string[];
  const nearest = closest(String(type), names);
  const known = nearest.length > 0 ? `Nearest: ${nearest.join(', ')}` : `There are ${names.join(', ')}`;
  return `There is no objective of the type "${String(type)}". ${known}`;
}
