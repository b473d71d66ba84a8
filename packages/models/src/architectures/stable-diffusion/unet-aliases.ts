/** What diffusers' modules of a UNet2DConditionModel are called here. */
import type { Alias } from '../../naming.ts';
import { resNetActivations } from './diffusers-naming.ts';
import { levelsOf, type Level, type UnetConfig } from './unet-config.ts';

export function unetAliases(config: UnetConfig): Alias[] {
  const { down, up } = levelsOf(config);
  return [
    ...resNetActivations(['down_blocks.{block}', 'up_blocks.{block}', 'mid_block']),
    lastOf(`down_blocks.${down.length - 1}`, down.at(-1)!),
    lastOf(`up_blocks.${up.length - 1}`, up.at(-1)!),
    { module: 'down_blocks.{n}', hook: 'down_blocks.{n}.downsamplers.0' },
    { module: 'up_blocks.{n}', hook: 'up_blocks.{n}.upsamplers.0' },
    ...['down_blocks.{b}.downsamplers', 'up_blocks.{b}.upsamplers'].map((list) => ({
      module: `${list}.0.conv`,
      hook: `${list}.0`,
    })),
    ...transformerBlock('{direction}_blocks.{b}.attentions.{n}.transformer_blocks.0'),
    ...transformerBlock('mid_block.attentions.{n}.transformer_blocks.0'),
    { module: 'mid_block', hook: 'mid_block.resnets.1' },
    { module: 'time_embedding.linear_2', hook: 'time_embedding' },
    { module: 'noise_pred', hook: 'conv_out' },
  ];
}

/** A block that does not change the size ends with its last part. */
function lastOf(block: string, { attends, resNets }: Level): Alias {
  return { module: block, hook: `${block}.${attends ? 'attentions' : 'resnets'}.${resNets - 1}` };
}

function transformerBlock(name: string): Alias[] {
  return [
    ...[1, 2, 3].map((n) => ({ module: `${name}.norm${n}`, hook: `${name}.ln${n}` })),
    ...[1, 2].map((n) => ({ module: `${name}.attn${n}`, hook: `${name}.attn${n}_out` })),
    { module: `${name}.ff.net.0.proj`, hook: `${name}.mlp.proj` },
    { module: `${name}.ff.net.0`, hook: `${name}.mlp.post` },
    { module: `${name}.ff.net.2`, hook: `${name}.mlp_out` },
    { module: `${name}.ff`, hook: `${name}.mlp_out` },
    { module: name, hook: `${name}.resid_post` },
  ];
}
