/**
 * The autoencoder of Stable Diffusion (Rombach et al., "High-Resolution Image Synthesis with Latent Diffusion Models",
 * 2022), with the module names of diffusers' AutoencoderKL as hook points.
 *
 * Encoder and decoder are one network of two inputs: `image` leads to `latent_mean` and `latent_logvar`, `latent` to
 * `decoded`. A latent that diffusion has made is divided by the scaling factor (0.18215) before it is decoded.
 */
import { z } from 'zod';
import type { Architecture, Variant } from '../architecture.ts';
import {
  activation,
  add,
  attention,
  conv2d,
  channelRange,
  groupNorm,
  toImage,
  toTokens,
  upsample2x,
} from '../blocks/index.ts';
import { channelsOf } from '../blocks/window-node.ts';
import { UnsupportedConfigurationError } from '../errors.ts';
import { hook, pointwise, type Node } from '../graph.ts';
import type { Alias, Naming } from '../naming.ts';
import { symmetricPreprocessing } from '../preprocessing.ts';
import { diffusersNaming, resNetActivations } from './stable-diffusion/diffusers-naming.ts';
import { around, resNetBlock } from './stable-diffusion/resnet-block.ts';

const positive = z.int().positive();

/** diffusers' defaults; what is literal here has no other value in Stable Diffusion 1 and 2. */
const configSchema = z.object({
  sample_size: positive.default(32),
  in_channels: positive.default(3),
  out_channels: positive.default(3),
  latent_channels: positive.default(4),
  block_out_channels: z.array(positive).default([64]),
  layers_per_block: positive.default(1),
  norm_num_groups: positive.default(32),
  down_block_types: z.array(z.literal('DownEncoderBlock2D')).default(['DownEncoderBlock2D']),
  up_block_types: z.array(z.literal('UpDecoderBlock2D')).default(['UpDecoderBlock2D']),
  act_fn: z.literal('silu').default('silu'),
  use_quant_conv: z.literal(true).default(true),
  use_post_quant_conv: z.literal(true).default(true),
  mid_block_add_attention: z.literal(true).default(true),
});

type Config = z.infer<typeof configSchema>;

const epsilon = 1e-6;

/** Where diffusers bounds the logarithm of the latent's variance. */
const logvarRange = [-30, 20] as const;

function encode(image: Node, config: Config): [mean: Node, logvar: Node] {
  const { block_out_channels: widths, norm_num_groups: groups, latent_channels: channels } = config;
  let x = hook('encoder.conv_in', conv2d(image, 'encoder.conv_in', widths[0]!, 3, around));
  widths.forEach((width, index) => {
    const block = `encoder.down_blocks.${index}`;
    for (let n = 0; n < config.layers_per_block; n++)
      x = resNetBlock(x, `${block}.resnets.${n}`, { width, groups, epsilon });
    if (index === widths.length - 1) return;
    const name = `${block}.downsamplers.0`;
    x = hook(name, conv2d(x, `${name}.conv`, width, 3, { padding: [0, 1, 0, 1], stride: 2 }));
  });
  x = outcome(middle(x, 'encoder', groups), 'encoder', 2 * channels, groups);
  const moments = hook('quant_conv', conv2d(x, 'quant_conv', 2 * channels, 1));
  const logvar = pointwise(channelRange(moments, channels, channels), {
    kind: 'clip',
    compute: ([value]) => value!.clipByValue(...logvarRange),
  });
  return [hook('latent_mean', channelRange(moments, 0, channels)), hook('latent_logvar', logvar)];
}

function decode(latent: Node, config: Config): Node {
  const { norm_num_groups: groups, layers_per_block: layers } = config;
  const widths = config.block_out_channels.toReversed();
  let x = hook('post_quant_conv', conv2d(latent, 'post_quant_conv', channelsOf(latent), 1));
  x = hook('decoder.conv_in', conv2d(x, 'decoder.conv_in', widths[0]!, 3, around));
  x = middle(x, 'decoder', groups);
  widths.forEach((width, index) => {
    const block = `decoder.up_blocks.${index}`;
    for (let n = 0; n < layers + 1; n++)
      x = resNetBlock(x, `${block}.resnets.${n}`, { width, groups, epsilon });
    if (index === widths.length - 1) return;
    const name = `${block}.upsamplers.0`;
    x = hook(name, conv2d(upsample2x(x), `${name}.conv`, width, 3, around));
  });
  return hook('decoded', outcome(x, 'decoder', config.out_channels, groups), 'conv');
}

/** At the lowest resolution, all positions attend to each other. */
function middle(x: Node, tower: 'encoder' | 'decoder', groups: number): Node {
  const block = `${tower}.mid_block`;
  const options = { width: channelsOf(x), groups, epsilon };
  const before = resNetBlock(x, `${block}.resnets.0`, options);
  const name = `${block}.attentions.0`;
  const normed = hook(`${name}.group_norm`, groupNorm(before, `${name}.group_norm`, groups, { epsilon }));
  const attended = hook(`${name}.attn_out`, attention(toTokens(normed), name, { heads: 1 }));
  const after = hook(name, add(before, toImage(attended, before)));
  return resNetBlock(after, `${block}.resnets.1`, options);
}

function outcome(x: Node, tower: 'encoder' | 'decoder', channels: number, groups: number): Node {
  const name = `${tower}.conv_norm_out`;
  const normed = hook(name, groupNorm(x, name, groups, { epsilon }));
  const activated = hook(`${tower}.conv_act`, activation(normed, 'silu'));
  return hook(`${tower}.conv_out`, conv2d(activated, `${tower}.conv_out`, channels, 3, around));
}

function aliases({ block_out_channels: widths, layers_per_block: layers }: Config): Alias[] {
  const last = widths.length - 1;
  return [
    { module: `encoder.down_blocks.${last}`, hook: `encoder.down_blocks.${last}.resnets.${layers - 1}` },
    { module: `decoder.up_blocks.${last}`, hook: `decoder.up_blocks.${last}.resnets.${layers}` },
    { module: 'encoder.down_blocks.{n}', hook: 'encoder.down_blocks.{n}.downsamplers.0' },
    { module: 'decoder.up_blocks.{n}', hook: 'decoder.up_blocks.{n}.upsamplers.0' },
    ...['encoder.down_blocks.{b}.downsamplers', 'decoder.up_blocks.{b}.upsamplers'].map((list) => ({
      module: `${list}.0.conv`,
      hook: `${list}.0`,
    })),
    { module: '{tower}.mid_block', hook: '{tower}.mid_block.resnets.1' },
    ...resNetActivations(['{tower}.{blocks}.{b}', '{tower}.mid_block']),
    { module: 'encoder', hook: 'encoder.conv_out' },
    { module: 'decoder', hook: 'decoder.conv_out' },
  ];
}

/** Before diffusers 0.17, and so in the weights of Stable Diffusion 1, the attention's parts had other names. */
function olderNaming(newer: Naming): Naming {
  const names: Readonly<Record<string, string>> = { q: 'query', k: 'key', v: 'value', out: 'proj_attn' };
  return {
    ...newer,
    name: 'diffusers before 0.17',
    source: (name) =>
      name.replace(
        /(attentions\.0)\.(q|k|v|out)\./,
        (_, at: string, part: string) => `${at}.${names[part]}.`,
      ),
  };
}

/** @throws UnsupportedConfigurationError */
function checked(config: unknown): Config {
  const result = configSchema.safeParse(config);
  if (!result.success)
    throw new UnsupportedConfigurationError('autoencoder_kl', z.prettifyError(result.error));
  return result.data;
}

function variant(name: string, description: string, config: Config): Variant {
  const { in_channels: channels, sample_size: size, latent_channels: latents } = config;
  const latentSize = size / 2 ** (config.block_out_channels.length - 1);
  const naming = diffusersNaming(aliases(config));
  return {
    name,
    description,
    preprocessing: {
      ...symmetricPreprocessing,
      height: size,
      width: size,
      mean: Array.from({ length: channels }, () => 0.5),
      std: Array.from({ length: channels }, () => 0.5),
    },
    otherInputs: [
      {
        name: 'latent',
        shape: [latentSize, latentSize, latents],
        axes: ['height', 'width', 'channel'],
        dtype: 'float32',
      },
    ],
    forward: (image, { latent }) => [...encode(image, config), decode(latent!, config)],
    namings: [naming, olderNaming(naming)],
  };
}

const stableDiffusion = checked({
  sample_size: 512,
  block_out_channels: [128, 256, 512, 512],
  layers_per_block: 2,
});

export const autoencoderKl: Architecture = {
  name: 'autoencoder_kl',
  title: "Stable Diffusion's autoencoder",
  variants: [variant('stable_diffusion_vae', 'Stable Diffusion 1 and 2', stableDiffusion)],
  configure({ tensors, config }) {
    if (config === undefined || !tensors.has('post_quant_conv.weight')) return undefined;
    const sizes = checked(config);
    const name = `vae_${sizes.block_out_channels.join('_')}_${sizes.sample_size}`;
    return variant(name, 'Sizes by the configuration of the checkpoint', sizes);
  },
};
