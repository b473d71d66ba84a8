/** What the config.json of a UNet2DConditionModel says, as far as Stable Diffusion 1 and 2 make use of it. */
import { z } from 'zod';
import { UnsupportedConfigurationError } from '../../errors.ts';

const positive = z.int().positive();
const perBlock = <Item extends z.ZodType>(item: Item) => z.union([item, z.array(item)]);

/** diffusers' defaults; what is literal here has no other value in Stable Diffusion 1 and 2. */
const schema = z.object({
  sample_size: positive.nullish().transform((size) => size ?? 64),
  in_channels: positive.default(4),
  out_channels: positive.default(4),
  down_block_types: z
    .array(z.enum(['CrossAttnDownBlock2D', 'DownBlock2D']))
    .default(['CrossAttnDownBlock2D', 'CrossAttnDownBlock2D', 'CrossAttnDownBlock2D', 'DownBlock2D']),
  mid_block_type: z.literal('UNetMidBlock2DCrossAttn').default('UNetMidBlock2DCrossAttn'),
  up_block_types: z
    .array(z.enum(['CrossAttnUpBlock2D', 'UpBlock2D']))
    .default(['UpBlock2D', 'CrossAttnUpBlock2D', 'CrossAttnUpBlock2D', 'CrossAttnUpBlock2D']),
  block_out_channels: z.array(positive).default([320, 640, 1280, 1280]),
  layers_per_block: perBlock(positive).default(2),
  cross_attention_dim: positive.default(1280),
  // Named for the width of a head, but diffusers takes it for the number of heads.
  attention_head_dim: perBlock(positive).default(8),
  num_attention_heads: perBlock(positive).nullish(),
  norm_num_groups: positive.default(32),
  norm_eps: z.number().positive().default(1e-5),
  use_linear_projection: z.boolean().default(false),
  flip_sin_to_cos: z.boolean().default(true),
  freq_shift: z.union([z.literal(0), z.literal(1)]).default(0),
  act_fn: z.literal('silu').default('silu'),
  downsample_padding: z.literal(1).default(1),
  mid_block_scale_factor: z.literal(1).default(1),
  center_input_sample: z.literal(false).default(false),
  only_cross_attention: z.literal(false).default(false),
  dual_cross_attention: z.literal(false).default(false),
  class_embed_type: z.null().default(null),
  addition_embed_type: z.null().default(null),
  encoder_hid_dim: z.null().default(null),
  encoder_hid_dim_type: z.null().default(null),
  time_embedding_type: z.literal('positional').default('positional'),
  resnet_time_scale_shift: z.literal('default').default('default'),
  transformer_layers_per_block: z.literal(1).default(1),
  conv_in_kernel: z.literal(3).default(3),
  conv_out_kernel: z.literal(3).default(3),
});

export type UnetConfig = z.infer<typeof schema>;

/** One level of the U, down or up. */
export interface Level {
  readonly width: number;
  readonly heads: number;
  readonly resNets: number;
  readonly attends: boolean;
}

/** @throws UnsupportedConfigurationError */
export function unetConfig(config: unknown): UnetConfig {
  const result = schema.safeParse(config);
  if (!result.success)
    throw new UnsupportedConfigurationError('unet_2d_condition', z.prettifyError(result.error));
  const { data } = result;
  const depth = data.block_out_channels.length;
  const lists = [
    data.down_block_types,
    data.up_block_types,
    ...[data.layers_per_block, data.attention_head_dim, data.num_attention_heads].filter(Array.isArray),
  ];
  if (lists.some((list) => list.length !== depth))
    throw new UnsupportedConfigurationError(
      'unet_2d_condition',
      `its lists should have ${depth} entries each`,
    );
  return data;
}

/** The way down from the outermost level, and the way up from the innermost, which has one ResNet more at each. */
export function levelsOf(config: UnetConfig): { down: Level[]; up: Level[] } {
  const heads = config.num_attention_heads ?? config.attention_head_dim;
  const levels = config.block_out_channels.map((width, index) => ({
    width,
    heads: at(heads, index),
    resNets: at(config.layers_per_block, index),
  }));
  const attends = (type: string) => type.startsWith('CrossAttn');
  return {
    down: levels.map((level, index) => ({ ...level, attends: attends(config.down_block_types[index]!) })),
    up: levels.toReversed().map((level, index) => ({
      ...level,
      resNets: level.resNets + 1,
      attends: attends(config.up_block_types[index]!),
    })),
  };
}

function at(value: number | readonly number[], index: number): number {
  return typeof value === 'number' ? value : value[index]!;
}
