/**
 * The denoiser of Stable Diffusion 1 and 2 (Rombach et al., "High-Resolution Image Synthesis with Latent Diffusion
 * Models", 2022): a U-Net over latents whose blocks attend to a text, with the module names of diffusers'
 * UNet2DConditionModel as hook points.
 */
import { z } from 'zod';
import type { Architecture, Variant } from '../architecture.ts';
import { activation, concat, conv2d, groupNorm, linear } from '../blocks/index.ts';
import { sinusoid } from '../blocks/sinusoid.ts';
import { upsample2x } from '../blocks/upsampling.ts';
import { UnsupportedConfigurationError } from '../errors.ts';
import { hook, type Node } from '../graph.ts';
import type { Alias } from '../naming.ts';
import { diffusersNaming, resNetActivations } from './stable-diffusion/diffusers-naming.ts';
import { latentPreprocessing } from './stable-diffusion/latent-preprocessing.ts';
import { around, resNetBlock } from './stable-diffusion/resnet-block.ts';
import { spatialTransformer } from './stable-diffusion/spatial-transformer.ts';

const positive = z.int().positive();
const perBlock = <Item extends z.ZodType>(item: Item) => z.union([item, z.array(item)]);

/** diffusers' defaults; what is literal here has no other value in Stable Diffusion 1 and 2. */
const configSchema = z.object({
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

type Config = z.infer<typeof configSchema>;

/** One level of the U: as many on the way up as on the way down. */
interface Level {
  readonly width: number;
  readonly heads: number;
  readonly resNets: number;
  readonly attends: boolean;
}

function draw(sample: Node, timestep: Node, context: Node, config: Config): Node {
  const widths = config.block_out_channels;
  const down = levels(config, config.down_block_types);
  const up = levels(config, config.up_block_types.toReversed()).toReversed();
  const groups = config.norm_num_groups;
  const epsilon = config.norm_eps;
  const time = timeEmbedding(timestep, widths[0]!, config);
  const resNet = (x: Node, name: string, width: number) =>
    resNetBlock(x, name, { width, groups, epsilon, time });
  const attend = (x: Node, name: string, heads: number) =>
    spatialTransformer(x, name, { heads, groups, context, linearProjection: config.use_linear_projection });

  let x = hook('conv_in', conv2d(sample, 'conv_in', widths[0]!, 3, around));
  const skips = [x];
  down.forEach(({ width, heads, resNets, attends }, index) => {
    const block = `down_blocks.${index}`;
    for (let n = 0; n < resNets; n++) {
      x = resNet(x, `${block}.resnets.${n}`, width);
      if (attends) x = attend(x, `${block}.attentions.${n}`, heads);
      skips.push(x);
    }
    if (index === down.length - 1) return;
    const name = `${block}.downsamplers.0`;
    x = hook(name, conv2d(x, `${name}.conv`, width, 3, { ...around, stride: 2 }));
    skips.push(x);
  });

  const deepest = down.at(-1)!;
  x = resNet(x, 'mid_block.resnets.0', deepest.width);
  x = attend(x, 'mid_block.attentions.0', deepest.heads);
  x = resNet(x, 'mid_block.resnets.1', deepest.width);

  up.forEach(({ width, heads, resNets, attends }, index) => {
    const block = `up_blocks.${index}`;
    for (let n = 0; n < resNets + 1; n++) {
      x = resNet(concat([x, skips.pop()!]), `${block}.resnets.${n}`, width);
      if (attends) x = attend(x, `${block}.attentions.${n}`, heads);
    }
    if (index === up.length - 1) return;
    const name = `${block}.upsamplers.0`;
    x = hook(name, conv2d(upsample2x(x, skips.at(-1)), `${name}.conv`, width, 3, around));
  });

  const normed = hook('conv_norm_out', groupNorm(x, 'conv_norm_out', groups, { epsilon }));
  const activated = hook('conv_act', activation(normed, 'silu'));
  return hook('conv_out', conv2d(activated, 'conv_out', config.out_channels, 3, around));
}

function timeEmbedding(timestep: Node, channels: number, config: Config): Node {
  const first = config.flip_sin_to_cos ? 'cos' : 'sin';
  const waves = hook('time_proj', sinusoid(timestep, { channels, first, shift: config.freq_shift }));
  const hidden = hook('time_embedding.linear_1', linear(waves, 'time_embedding.linear_1', 4 * channels));
  const activated = hook('time_embedding.act', activation(hidden, 'silu'));
  return hook('time_embedding', linear(activated, 'time_embedding.linear_2', 4 * channels));
}

/** From the outermost in. */
function levels(config: Config, types: readonly string[]): Level[] {
  const heads = config.num_attention_heads ?? config.attention_head_dim;
  const at = (value: number | readonly number[], index: number) =>
    typeof value === 'number' ? value : value[index]!;
  return config.block_out_channels.map((width, index) => ({
    width,
    heads: at(heads, index),
    resNets: at(config.layers_per_block, index),
    attends: types[index]!.startsWith('CrossAttn'),
  }));
}

/** @throws UnsupportedConfigurationError */
function checked(config: unknown): Config {
  const result = configSchema.safeParse(config);
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

function aliases(config: Config): Alias[] {
  const last = config.block_out_channels.length - 1;
  const block = '{direction}_blocks.{b}.attentions.{n}.transformer_blocks.0';
  const inside = (prefix: string): Alias[] => [
    ...[1, 2, 3].map((n) => ({ module: `${prefix}.norm${n}`, hook: `${prefix}.ln${n}` })),
    ...[1, 2].map((n) => ({ module: `${prefix}.attn${n}`, hook: `${prefix}.attn${n}_out` })),
    { module: `${prefix}.ff.net.0.proj`, hook: `${prefix}.mlp.proj` },
    { module: `${prefix}.ff.net.0`, hook: `${prefix}.mlp.post` },
    { module: `${prefix}.ff.net.2`, hook: `${prefix}.mlp_out` },
    { module: `${prefix}.ff`, hook: `${prefix}.mlp_out` },
    { module: prefix, hook: `${prefix}.resid_post` },
  ];
  const outcome = (name: string, type: string, resNets: number): Alias => ({
    module: name,
    hook: `${name}.${type.startsWith('CrossAttn') ? 'attentions' : 'resnets'}.${resNets - 1}`,
  });
  const resNets = (index: number) =>
    typeof config.layers_per_block === 'number' ? config.layers_per_block : config.layers_per_block[index]!;
  return [
    ...resNetActivations(['down_blocks.{block}', 'up_blocks.{block}', 'mid_block']),
    outcome(`down_blocks.${last}`, config.down_block_types[last]!, resNets(last)),
    outcome(`up_blocks.${last}`, config.up_block_types[last]!, resNets(0) + 1),
    { module: 'down_blocks.{n}', hook: 'down_blocks.{n}.downsamplers.0' },
    { module: 'up_blocks.{n}', hook: 'up_blocks.{n}.upsamplers.0' },
    ...['down_blocks.{b}.downsamplers', 'up_blocks.{b}.upsamplers'].map((list) => ({
      module: `${list}.0.conv`,
      hook: `${list}.0`,
    })),
    ...inside(block),
    ...inside('mid_block.attentions.{n}.transformer_blocks.0'),
    { module: 'mid_block', hook: 'mid_block.resnets.1' },
    { module: 'time_embedding.linear_2', hook: 'time_embedding' },
    { module: 'noise_pred', hook: 'conv_out' },
  ];
}

function variant(name: string, description: string, config: Config): Variant {
  return {
    name,
    description,
    preprocessing: latentPreprocessing(config.sample_size, config.in_channels),
    mainInput: 'sample',
    otherInputs: [
      { name: 'timestep', shape: [], axes: [], dtype: 'float32' },
      {
        name: 'encoder_hidden_states',
        shape: [77, config.cross_attention_dim],
        axes: ['position', 'channel'],
        dtype: 'float32',
      },
    ],
    forward: (sample, { timestep, encoder_hidden_states: context }) =>
      draw(sample, timestep!, context!, config),
    namings: [diffusersNaming(aliases(config))],
  };
}

const first = checked({ cross_attention_dim: 768 });
const second = checked({
  cross_attention_dim: 1024,
  attention_head_dim: [5, 10, 20, 20],
  use_linear_projection: true,
});

export const unet2dCondition: Architecture = {
  name: 'unet_2d_condition',
  title: "Stable Diffusion's U-Net",
  variants: [
    variant('stable_diffusion_1_unet', 'Stable Diffusion 1.1 to 1.5', first),
    variant('stable_diffusion_2_unet', 'Stable Diffusion 2.0 and 2.1', second),
  ],
  configure({ tensors, config }) {
    if (config === undefined || !tensors.has('time_embedding.linear_1.weight')) return undefined;
    const sizes = checked(config);
    const name = `unet_${sizes.block_out_channels.join('_')}_${sizes.sample_size}`;
    return variant(name, 'Sizes by the configuration of the checkpoint', sizes);
  },
};
