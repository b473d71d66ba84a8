/** How torchvision names the parts of a vision transformer. */
import type { Shape } from '../../graph.ts';
import { aliases, type Naming, type Source } from '../../naming.ts';
import { fusedSource, renamed, type Renaming } from '../renaming.ts';
import { lastBlock } from './aliased-values.ts';
import type { VitSize } from './size.ts';

const names: Renaming = [
  [/^cls_token$/, 'class_token'],
  [/^patch_embed\.proj\./, 'conv_proj.'],
  [/^blocks\.(\d+)\./, 'encoder.layers.encoder_layer_$1.'],
  [/\.norm(\d)\./, '.ln_$1.'],
  [/\.attn\.out\./, '.self_attention.out_proj.'],
  [/^norm\./, 'encoder.ln.'],
  [/^head\./, 'heads.head.'],
];

/** The perceptron's maps have had two names: by their places in a sequence, and before that by their order. */
export type TorchvisionPerceptron = 'places' | 'order';

const perceptrons: Readonly<Record<TorchvisionPerceptron, Renaming>> = {
  places: [
    [/\.mlp\.fc1\./, '.mlp.0.'],
    [/\.mlp\.fc2\./, '.mlp.3.'],
  ],
  order: [[/\.mlp\.fc(\d)\./, '.mlp.linear_$1.']],
};

export function torchvisionSource(perceptron: TorchvisionPerceptron) {
  return (name: string, shape: Shape): string | Source => {
    if (name === 'pos_embed') return { name: 'encoder.pos_embedding', shape: [1, ...shape] };
    const stored = renamed(name, [...names, ...perceptrons[perceptron]]);
    const projection = /^(.*)\.attn\.([qkv])\.(weight|bias)$/.exec(stored);
    if (!projection) return stored;
    return fusedSource(`${projection[1]}.self_attention.in_proj_${projection[3]}`, projection[2]!, shape);
  };
}

const block = 'encoder.layers.encoder_layer_{n}';

export function torchvisionNaming(size: VitSize, perceptron: TorchvisionPerceptron = 'places'): Naming {
  return {
    name: 'torchvision',
    source: torchvisionSource(perceptron),
    aliases: aliases({
      conv_proj: 'patch_embed',
      'encoder.dropout': 'full_embed',
      [`${block}.ln_1`]: 'blocks.{n}.ln1',
      [`${block}.self_attention`]: 'blocks.{n}.attn_out',
      [`${block}.dropout`]: 'blocks.{n}.attn_out',
      [`${block}.ln_2`]: 'blocks.{n}.ln2',
      [`${block}.mlp.0`]: 'blocks.{n}.mlp.pre',
      [`${block}.mlp.1`]: 'blocks.{n}.mlp.post',
      [`${block}.mlp.2`]: 'blocks.{n}.mlp.post',
      [`${block}.mlp.3`]: 'blocks.{n}.mlp_out',
      [`${block}.mlp.4`]: 'blocks.{n}.mlp_out',
      [`${block}.mlp`]: 'blocks.{n}.mlp_out',
      [block]: 'blocks.{n}.resid_post',
      'encoder.layers': lastBlock(size),
      'encoder.ln': 'ln_final',
      encoder: 'ln_final',
      'heads.head': 'logits',
      heads: 'logits',
    }),
  };
}
