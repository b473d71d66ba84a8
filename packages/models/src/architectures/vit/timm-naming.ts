/** How timm, and with it the original DINO and DINOv2, name the parts of a vision transformer. */
import type { Shape } from '../../graph.ts';
import { aliases, type Alias, type Naming, type Source } from '../../naming.ts';
import { fusedSource } from '../renaming.ts';
import { classified, firstResidual, lastBlock, written } from './aliased-values.ts';
import type { VitSize } from './size.ts';

export function timmSource(name: string, shape: Shape): string | Source {
  if (name === 'pos_embed') return { name, shape: [1, ...shape] };
  const projection = /^(.*\.attn)\.([qkv])\.(weight|bias)$/.exec(name);
  if (projection) return fusedSource(`${projection[1]}.qkv.${projection[3]}`, projection[2]!, shape);
  return name.replace('.attn.out.', '.attn.proj.').replace(/^head_cls\./, 'head.');
}

/** Also of modules that hand on what they are given, as dropout does when it is not trained. */
function timmAliases(size: VitSize): Alias[] {
  const attended = written(size, 'attn_out');
  const perceived = written(size, 'mlp_out');
  return aliases({
    'patch_embed.proj': 'patch_embed',
    'patch_embed.norm': 'embed',
    pos_drop: 'full_embed',
    patch_drop: 'full_embed',
    norm_pre: firstResidual(size),
    'blocks.{n}.norm1': 'blocks.{n}.ln1',
    'blocks.{n}.attn.q_norm': 'blocks.{n}.attn.q',
    'blocks.{n}.attn.k_norm': 'blocks.{n}.attn.k',
    'blocks.{n}.attn.attn_drop': 'blocks.{n}.attn.pattern',
    'blocks.{n}.attn.norm': 'blocks.{n}.attn.z',
    'blocks.{n}.attn.proj': attended,
    'blocks.{n}.attn.proj_drop': attended,
    'blocks.{n}.attn': attended,
    'blocks.{n}.ls1': 'blocks.{n}.attn_out',
    'blocks.{n}.drop_path1': 'blocks.{n}.attn_out',
    'blocks.{n}.norm2': 'blocks.{n}.ln2',
    'blocks.{n}.mlp.fc1': 'blocks.{n}.mlp.pre',
    'blocks.{n}.mlp.act': 'blocks.{n}.mlp.post',
    'blocks.{n}.mlp.drop1': 'blocks.{n}.mlp.post',
    'blocks.{n}.mlp.norm': 'blocks.{n}.mlp.post',
    'blocks.{n}.mlp.fc2': perceived,
    'blocks.{n}.mlp.drop2': perceived,
    'blocks.{n}.mlp': perceived,
    'blocks.{n}.ls2': 'blocks.{n}.mlp_out',
    'blocks.{n}.drop_path2': 'blocks.{n}.mlp_out',
    'blocks.{n}': 'blocks.{n}.resid_post',
    blocks: lastBlock(size),
    norm: size.finalNorm === 'pooled' ? lastBlock(size) : 'ln_final',
    fc_norm: classified(size),
    head_drop: classified(size),
    ...headAliases(size),
  });
}

/** Where there is no classifier, timm calls what it would read the network's output. */
function headAliases(size: VitSize): Record<string, string> {
  if (size.classes === 0) return { head: classified(size), logits: classified(size) };
  return size.distilledHead ? { head: 'logits.class', head_dist: 'logits.distillation' } : { head: 'logits' };
}

export function timmNaming(size: VitSize): Naming {
  return { name: 'timm', source: timmSource, aliases: timmAliases(size) };
}

export function dinov2Source(name: string, shape: Shape): string | Source {
  return name === 'reg_token' ? 'register_tokens' : timmSource(name, shape);
}

/** The files of Meta's own repository: the mask token is for training only. */
export function dinov2Naming(size: VitSize): Naming {
  return { ...timmNaming(size), name: 'dinov2', source: dinov2Source, unneeded: [/^mask_token$/] };
}
