/** How diffusers names what the networks of Stable Diffusion hold: mostly as we do. */
import type { Alias, Naming } from '../../naming.ts';

/** The activation of a ResNet is one module, used twice: what is recorded is its last value. */
export function resNetActivations(blocks: readonly string[]): Alias[] {
  return blocks.map((block) => ({
    module: `${block}.resnets.{n}.nonlinearity`,
    hook: `${block}.resnets.{n}.act2`,
  }));
}

export function diffusersNaming(aliases: readonly Alias[]): Naming {
  return {
    name: 'diffusers',
    source: (name) =>
      name.replace(/\.(attn\d|attentions\.\d+)\.([qkv])\./, '.$1.to_$2.').replace(/\.out\./, '.to_out.0.'),
    aliases,
  };
}
