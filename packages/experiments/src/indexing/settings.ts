/** What is to be made of a model when it is indexed. */
import { z } from 'zod';
import { unitPicturesInput } from '../unit-pictures/schema.ts';

/** In the order in which they are made: what is soon done comes first. */
export const indexParts = ['sweep', 'weights', 'sparsity', 'deepdream', 'tuning', 'pictures'] as const;

export type IndexPart = (typeof indexParts)[number];

const ofPictures = unitPicturesInput.shape;

export const indexSettingsSchema = z
  .strictObject({
    layers: z
      .union([z.enum(['interesting', 'all']), z.array(z.string().min(1).max(300)).min(1).max(2000)])
      .default('interesting')
      .describe(
        '`interesting`: the outputs of blocks, and the hidden neurons of transformers; `all`: every hook point with units; or names',
      ),
    parts: z
      .array(z.enum(indexParts))
      .min(1)
      .default(['weights', 'sparsity', 'deepdream', 'tuning', 'pictures'])
      .describe(
        'What to make: `pictures` of every unit, `deepdream` of every layer, a `sweep` over a dataset, `tuning` to stimuli, `weights` between layers and their `sparsity`',
      ),
    dataset: z
      .string()
      .min(1)
      .max(200)
      .nullable()
      .default(null)
      .describe('Name of the registered dataset that sweeps go over; needed for them'),
    images: z.int().min(1).max(10_000_000).default(10_000).describe('Of the dataset, at most'),
    size: z
      .int()
      .min(16)
      .max(1024)
      .nullable()
      .default(null)
      .describe("Side of the pictures in pixels; the model's own input, up to 128, if null"),
    steps: ofPictures.steps,
    objectives: ofPictures.objectives,
    signs: ofPictures.signs,
    restarts: ofPictures.restarts,
    diversity: ofPictures.diversity,
    seed: z.int().min(0).max(2_147_483_647).default(0).describe('Of everything random'),
  })
  .refine(({ parts, dataset }) => dataset !== null || !parts.includes('sweep'), {
    path: ['dataset'],
    message: 'A sweep needs a dataset: name one, or leave `sweep` out of the parts',
  });

export type IndexSettings = z.infer<typeof indexSettingsSchema>;
