/**
 * What the configuration files beside weights say about the images that a network was trained on: transformers'
 * `preprocessor_config.json`, timm's `pretrained_cfg` and open_clip's `preprocess_cfg`.
 */
import { z } from 'zod';
import type { Preprocessing } from './preprocessing.ts';

const length = z.int().positive();
const channels = z.array(z.number()).min(1);

const heightAndWidth = z.object({ height: length, width: length });
const extent = z.union([length.transform((side) => ({ height: side, width: side })), heightAndWidth]);
const shortestEdge = z.object({ shortest_edge: length });

/** PIL's numbers. */
const resampling: Readonly<Record<number, Preprocessing['interpolation']>> = { 2: 'bilinear', 3: 'bicubic' };

const transformersSchema = z.object({
  image_processor_type: z.string().optional(),
  feature_extractor_type: z.string().optional(),
  size: z.union([extent, shortestEdge]).optional(),
  crop_size: extent.optional(),
  crop_pct: z.number().positive().max(1).optional(),
  do_center_crop: z.boolean().optional(),
  do_rescale: z.boolean().default(true),
  rescale_factor: z
    .number()
    .positive()
    .default(1 / 255),
  do_normalize: z.boolean().default(true),
  image_mean: channels.optional(),
  image_std: channels.optional(),
  resample: z.int().optional(),
});

const timmSchema = z.object({
  input_size: z.tuple([length, length, length]),
  crop_pct: z.number().positive().max(1).optional(),
  interpolation: z.enum(['bilinear', 'bicubic']).optional().catch(undefined),
  mean: channels.optional(),
  std: channels.optional(),
});

const openClipSchema = z.object({
  model_cfg: z.object({ vision_cfg: z.object({ image_size: extent }) }),
  preprocess_cfg: z.object({ mean: channels, std: channels }),
});

/** What these files leave open is left out. */
export function configuredPreprocessing(files: {
  readonly config?: unknown;
  readonly preprocessor?: unknown;
}): Partial<Preprocessing> {
  const transformers = transformersSchema.safeParse(files.preprocessor);
  if (transformers.success) return defined(fromTransformers(transformers.data));
  const { pretrained_cfg: nested = files.config } = (files.config ?? {}) as { pretrained_cfg?: unknown };
  const timm = timmSchema.safeParse(nested);
  if (timm.success) return defined(fromTimm(timm.data));
  const openClip = openClipSchema.safeParse(files.config);
  return openClip.success ? defined(fromOpenClip(openClip.data)) : {};
}

function fromTransformers(settings: z.infer<typeof transformersSchema>): Partial<Preprocessing> {
  const { size, crop_size, do_center_crop = crop_size !== undefined } = settings;
  const resized = size && 'height' in size ? size : undefined;
  const cropped = do_center_crop ? crop_size : undefined;
  const shortest = size && 'shortest_edge' in size ? size.shortest_edge : undefined;
  const normalized = settings.do_normalize ? settings : undefined;
  return {
    ...(cropped ?? resized ?? (shortest && { height: shortest, width: shortest })),
    crop: cropShare(statedCrop(settings), cropped?.height, shortest ?? resized?.height),
    scale: settings.do_rescale ? 255 * settings.rescale_factor : 255,
    mean: normalized ? normalized.image_mean : [0, 0, 0],
    std: normalized ? normalized.image_std : [1, 1, 1],
    interpolation: settings.resample === undefined ? undefined : resampling[settings.resample],
  };
}

/** From this size on, transformers' ConvNeXt reads photographs whole, whatever `crop_pct` says. */
const wholeFrom = 384;

function statedCrop(settings: z.infer<typeof transformersSchema>): number | undefined {
  const { crop_pct, size, image_processor_type, feature_extractor_type } = settings;
  const isConvNext = (image_processor_type ?? feature_extractor_type)?.startsWith('ConvNext');
  const side = size && ('height' in size ? size.height : size.shortest_edge);
  return isConvNext && side && side >= wholeFrom ? 1 : crop_pct;
}

function cropShare(stated?: number, cropped?: number, resized?: number): number {
  if (stated !== undefined) return stated;
  return cropped !== undefined && resized !== undefined ? Math.min(1, cropped / resized) : 1;
}

function fromTimm({
  input_size: [, height, width],
  crop_pct: crop,
  ...others
}: z.infer<typeof timmSchema>): Partial<Preprocessing> {
  return { height, width, crop, ...others };
}

function fromOpenClip({ model_cfg, preprocess_cfg }: z.infer<typeof openClipSchema>): Partial<Preprocessing> {
  return { ...model_cfg.vision_cfg.image_size, ...preprocess_cfg, crop: 1, interpolation: 'bicubic' };
}

function defined(preprocessing: Partial<Preprocessing>): Partial<Preprocessing> {
  return Object.fromEntries(Object.entries(preprocessing).filter(([, value]) => value !== undefined));
}
