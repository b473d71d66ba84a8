/**
 * The denoiser of Stable Diffusion 1 and 2 (Rombach et al., "High-Resolution Image Synthesis with Latent Diffusion
 * Models", 2022): a U-Net over latents whose blocks attend to a text, with the module names of diffusers'
 * UNet2DConditionModel as hook points.
 */
import type { Architecture, Variant } from '../architecture.ts';
import { activation, concat, conv2d, groupNorm, linear, sinusoid, upsample2x } from '../blocks/index.ts';
import { hook, type Node } from '../graph.ts';
import { diffusersNaming } from './stable-diffusion/diffusers-naming.ts';
import { latentPreprocessing } from './stable-diffusion/latent-preprocessing.ts';
import { around, resNetBlock } from './stable-diffusion/resnet-block.ts';
import { spatialTransformer } from './stable-diffusion/spatial-transformer.ts';
import { unetAliases } from './stable-diffusion/unet-aliases.ts';
import { levelsOf, unetConfig, type Level, type UnetConfig } from './stable-diffusion/unet-config.ts';

/** The blocks of which every level is made, given what all of them read. */
interface Blocks {
  readonly resNet: (x: Node, name: string, width: number) => Node;
  readonly attend: (x: Node, name: string, heads: number) => Node;
}

function draw(sample: Node, timestep: Node, context: Node, config: UnetConfig): Node {
  const { norm_num_groups: groups, norm_eps: epsilon, use_linear_projection: linearProjection } = config;
  const { down, up } = levelsOf(config);
  const outermost = down[0]!.width;
  const time = timeEmbedding(timestep, outermost, config);
  const blocks: Blocks = {
    resNet: (x, name, width) => resNetBlock(x, name, { width, groups, epsilon, time }),
    attend: (x, name, heads) => spatialTransformer(x, name, { heads, groups, context, linearProjection }),
  };
  const skips = descend(hook('conv_in', conv2d(sample, 'conv_in', outermost, 3, around)), down, blocks);
  const x = ascend(middle(skips.at(-1)!, down.at(-1)!, blocks), up, skips, blocks);
  const normed = hook('conv_norm_out', groupNorm(x, 'conv_norm_out', groups, { epsilon }));
  const activated = hook('conv_act', activation(normed, 'silu'));
  return hook('conv_out', conv2d(activated, 'conv_out', config.out_channels, 3, around));
}

function timeEmbedding(timestep: Node, channels: number, config: UnetConfig): Node {
  const first = config.flip_sin_to_cos ? 'cos' : 'sin';
  const waves = hook('time_proj', sinusoid(timestep, { channels, first, shift: config.freq_shift }));
  const hidden = hook('time_embedding.linear_1', linear(waves, 'time_embedding.linear_1', 4 * channels));
  const activated = hook('time_embedding.act', activation(hidden, 'silu'));
  return hook('time_embedding', linear(activated, 'time_embedding.linear_2', 4 * channels));
}

/** All values on the way down, which the way up reads again. */
function descend(start: Node, levels: readonly Level[], { resNet, attend }: Blocks): Node[] {
  const values = [start];
  levels.forEach(({ width, heads, resNets, attends }, index) => {
    const block = `down_blocks.${index}`;
    for (let n = 0; n < resNets; n++) {
      const x = resNet(values.at(-1)!, `${block}.resnets.${n}`, width);
      values.push(attends ? attend(x, `${block}.attentions.${n}`, heads) : x);
    }
    if (index === levels.length - 1) return;
    const name = `${block}.downsamplers.0`;
    const halved = conv2d(values.at(-1)!, `${name}.conv`, width, 3, { ...around, stride: 2 });
    values.push(hook(name, halved));
  });
  return values;
}

function middle(x: Node, { width, heads }: Level, { resNet, attend }: Blocks): Node {
  const before = resNet(x, 'mid_block.resnets.0', width);
  return resNet(attend(before, 'mid_block.attentions.0', heads), 'mid_block.resnets.1', width);
}

/** Each ResNet reads the latest value of the way down that no other has read. */
function ascend(
  start: Node,
  levels: readonly Level[],
  skips: readonly Node[],
  { resNet, attend }: Blocks,
): Node {
  const unread = [...skips];
  let x = start;
  levels.forEach(({ width, heads, resNets, attends }, index) => {
    const block = `up_blocks.${index}`;
    for (let n = 0; n < resNets; n++) {
      x = resNet(concat([x, unread.pop()!]), `${block}.resnets.${n}`, width);
      if (attends) x = attend(x, `${block}.attentions.${n}`, heads);
    }
    if (index === levels.length - 1) return;
    const name = `${block}.upsamplers.0`;
    x = hook(name, conv2d(upsample2x(x, unread.at(-1)), `${name}.conv`, width, 3, around));
  });
  return x;
}

function variant(name: string, description: string, config: UnetConfig): Variant {
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
    namings: [diffusersNaming(unetAliases(config))],
  };
}

const first = unetConfig({ cross_attention_dim: 768 });
const second = unetConfig({
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
    const sizes = unetConfig(config);
    const name = `unet_${sizes.block_out_channels.join('_')}_${sizes.sample_size}`;
    return variant(name, 'Sizes by the configuration of the checkpoint', sizes);
  },
};
