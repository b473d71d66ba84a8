/** What a sweep records of each unit and of each layer, for their pages. */
import { z } from 'zod';

/** Part of an artifact in safetensors format, so that a reader can take one unit's by its byte range. */
export const tensorSlice = z.strictObject({
  artifact: z.string().describe("Name among the run's artifacts"),
  offset: z.int().describe('Where the first value begins, in bytes from the start of the file'),
  dtype: z.enum(['F16', 'F32']),
  shape: z.array(z.int()).describe('Row-major; the first axis counts units'),
});

export type TensorSlice = z.infer<typeof tensorSlice>;

/** `all`: positions are pixels, or there is only one; the others are kinds of tokens. */
const tokens = z.enum(['all', 'class', 'extra', 'patches']);

const box = z
  .strictObject({ left: z.int(), top: z.int(), width: z.int(), height: z.int() })
  .describe("In pixels of the image as the network reads it, cut at the image's borders");

export const activationExample = z.strictObject({
  band: z.int().nullable().describe('From 0, the lowest; null for one of the images with the highest values'),
  image: z.int().describe('Index in the split of the dataset'),
  value: z.number().describe('The highest in the image'),
  position: z.int().describe('Where it is highest: row · columns + column of the grid'),
  box: box.nullable().describe('What the position can see; null where that is not known or the whole image'),
});

export type ActivationExample = z.infer<typeof activationExample>;

const relatedUnit = z.strictObject({ channel: z.int(), correlation: z.number() });

export const groupActivations = z.strictObject({
  tokens,
  statistics: z.strictObject({
    mean: z.number(),
    deviation: z.number().describe('Standard deviation of all values'),
    skewness: z.number().nullable().describe('null for a unit that never varies'),
    kurtosis: z
      .number()
      .nullable()
      .describe('3 for a normal distribution; null for a unit that never varies'),
    minimum: z.number(),
    maximum: z.number(),
    nonZeroFraction: z.number().describe('Share of values that are not zero'),
    deadness: z.number().describe('Share of the sampled images in which it is nowhere above zero'),
    classSelectivity: z.number().nullable().describe('0: all classes drive it alike; 1: a single one does'),
  }),
  quantiles: z
    .array(z.strictObject({ share: z.number(), value: z.number() }))
    .describe('Of all values; off by at most a 64th of the value'),
  histogram: z
    .strictObject({
      minimum: z.number(),
      maximum: z.number(),
      counts: z.array(z.number()),
      zeros: z.number(),
    })
    .describe('Equal bars from minimum to maximum, without the values that are exactly zero'),
  examples: z
    .array(activationExample)
    .describe("The images with the highest values, then those drawn from each band; the maps' order"),
  alike: z.array(relatedUnit).describe('Units of the layer whose highest values correlate most over images'),
  opposed: z.array(relatedUnit).describe('Those that correlate most negatively'),
  classes: z
    .array(z.strictObject({ label: z.int(), name: z.string(), mean: z.number(), images: z.number() }))
    .describe('With the highest means over images and positions'),
});

export type GroupActivations = z.infer<typeof groupActivations>;

/** Of one unit: `data` of its evidence of kind `activation-sweep`. */
export const unitActivations = z.strictObject({
  groups: z
    .array(groupActivations)
    .describe('One, or one for each kind of tokens, in the order of the layer'),
});

export type UnitActivations = z.infer<typeof unitActivations>;

/** Of a layer. Units count along the first axis of each slice. */
export const layerActivations = z.strictObject({
  dataset: z.string(),
  split: z.string(),
  images: z.int().describe('That were swept'),
  imageSize: z.strictObject({ width: z.int(), height: z.int() }).describe('As the network reads it'),
  top: z.int().describe('Examples with the highest values that each unit has'),
  bands: z.array(z.number()).describe("Quantiles of the images' highest values that part the bands"),
  sample: z.array(z.int()).describe('Images of the vectors, by index in the split'),
  groups: z.array(
    z.strictObject({
      tokens,
      grid: z.tuple([z.int(), z.int()]).describe('Rows and columns of the maps'),
      maps: tensorSlice.describe("[units, examples, rows, columns]: the examples' whole activation maps"),
      vectors: tensorSlice.describe('[units, sample]: the highest value in each image of the sample'),
      means: tensorSlice.describe('[units, sample]: the mean over positions'),
      correlations: tensorSlice.describe("[units, units]: Pearson's, between the vectors"),
    }),
  ),
});

export type LayerActivations = z.infer<typeof layerActivations>;
