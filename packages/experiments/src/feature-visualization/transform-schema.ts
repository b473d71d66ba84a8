/** The zod form of interp's transform expressions, and the named lists of the field's tools. */
import type { TransformExpression } from '@fovea/interp';
import { z } from 'zod';

const side = z.int().min(8).max(2048);

export const transformExpressionSchema: z.ZodType<TransformExpression> = z
  .discriminatedUnion('type', [
    z
      .strictObject({
        type: z.literal('pad'),
        width: z.int().min(1).max(512).describe('Pixels on each side'),
        mode: z.enum(['reflect', 'constant']).optional().describe('`reflect` if left out'),
        value: z
          .union([z.number().min(0).max(1), z.literal('uniform')])
          .optional()
          .describe('Grey level of a constant padding, 0.5 if left out; `uniform`: a new one each step'),
      })
      .describe('Adds a margin'),
    z
      .strictObject({
        type: z.literal('jitter'),
        distance: z.int().min(1).max(256).describe('Pixels lost in each direction'),
      })
      .describe('Random crop to a size smaller by `distance`'),
    z
      .strictObject({
        type: z.literal('randomScale'),
        of: z.array(z.number().min(0.1).max(4)).min(1).max(256),
      })
      .describe('Resizes by one of these factors'),
    z
      .strictObject({
        type: z.literal('randomScaleRange'),
        from: z.number().min(0.1).max(4),
        to: z.number().min(0.1).max(4),
      })
      .describe('Resizes by a factor drawn between two'),
    z
      .strictObject({
        type: z.literal('randomRotate'),
        of: z.array(z.number().min(-180).max(180)).min(1).max(512),
      })
      .describe('Rotates by one of these angles, in degrees; black outside'),
    z
      .strictObject({
        type: z.literal('randomBlur'),
        kernelSize: z.int().min(1).max(51),
        from: z.number().min(0.1).max(20),
        to: z.number().min(0.1).max(20),
      })
      .describe('Gaussian blur with a standard deviation drawn between two, in pixels'),
    z
      .strictObject({ type: z.literal('randomFlip'), horizontal: z.boolean(), vertical: z.boolean() })
      .describe('Mirrors, each direction with a chance of one half'),
    z
      .strictObject({ type: z.literal('cropOrPadTo'), height: side, width: side })
      .describe('Crops or pads with black, centred'),
    z
      .strictObject({ type: z.literal('resize'), height: side.optional(), width: side.optional() })
      .describe("Resizes to this size; the model's input if left out"),
    z
      .strictObject({ type: z.literal('normalizeGradient'), scales: z.array(z.number()).max(32).optional() })
      .describe('Gives the gradient of each picture length 1, or the length given for it'),
    z
      .strictObject({
        type: z.literal('collapseAlphaRandom'),
        standardDeviation: z.number().positive().max(10).optional(),
      })
      .describe('Lays the picture over a random background, by its alpha channel'),
    z
      .strictObject({
        type: z.literal('randomCrops'),
        crops: z.int().min(1).max(64),
        boxFrom: z.number().min(0.05).max(1),
        boxTo: z.number().min(0.05).max(1),
        noise: z.number().min(0).max(1),
        size: side.optional(),
      })
      .describe('Square crops that shrink over the run, resized, with noise (MaCo)'),
  ])
  .meta({ id: 'Transform', title: 'Transform' });

/** The lists themselves live with the methods, in interp. */
export const transformListNames = ['lucid', 'captum-optim', 'xplique', 'maco', 'none'] as const;
