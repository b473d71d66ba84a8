/** How diffusers names what the networks of Stable Diffusion hold: mostly as we do. */
import type { Alias, Naming } from '../../naming.ts';

const resNets: readonly Alias[] = ['down_blocks.{block}.', 'up_blocks.{block}.', 'mid_block.'].flatMap(
  (block) => [
    // One module, used twice: what is recorded is its last value.
    { module: `${block}resnets.{n}.nonlinearity`, hook: `${block}resnets.{n}.act2` },
  ],
);

/** @param modules aliases of the network at hand, before those of all */
export function diffusersNaming(modules: readonly Alias[]): Naming {
  return {
    name: 'diffusers',
    source: (name) =>
      name.replace(/\.(attn\d|attentions\.\d+)\.([qkv])\./, '.$1.to_$2.').replace(/\.out\./, '.to_out.0.'),
    aliases: [...modules, ...resNets],
  };
}
