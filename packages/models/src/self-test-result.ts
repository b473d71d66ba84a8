import { z } from 'zod';

const statistics = z.object({ min: z.number(), max: z.number(), mean: z.number(), std: z.number() });

/** What a model did with test images when it was imported. Warnings do not stop an import. */
export const selfTestSchema = z.object({
  images: z.int().positive().describe('How many images it saw'),
  input: statistics.describe('Of the preprocessed images'),
  layers: z.array(
    z.object({
      name: z.string(),
      mean: z.number(),
      max: z.number(),
      deadChannels: z
        .int()
        .nonnegative()
        .optional()
        .describe('Channels of a rectified layer that stayed at zero on every image'),
    }),
  ),
  warnings: z.array(z.string()),
});

export type SelfTest = z.infer<typeof selfTestSchema>;
