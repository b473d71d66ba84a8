/** How transformers names the parts of ViT, DeiT and DINOv2: in its version 5, and in the files of the hub. */
import type { Shape } from '../../graph.ts';
import { aliases, type Alias, type Naming, type Source } from '../../naming.ts';
import { renamed, type Renaming } from '../renaming.ts';
import { classified, lastBlock, written } from './aliased-values.ts';
import type { VitSize } from './size.ts';

const outside: Renaming = [
  [/^cls_token$/, 'embeddings.cls_token'],
  [/^dist_token$/, 'embeddings.distillation_token'],
  [/^reg_token$/, 'embeddings.register_tokens'],
  [/^pos_embed$/, 'embeddings.position_embeddings'],
  [/^patch_embed\.proj\./, 'embeddings.patch_embeddings.projection.'],
  [/^norm\./, 'layernorm.'],
];

const heads: Renaming = [
  [/^head\./, 'classifier.'],
  [/^head_cls\./, 'cls_classifier.'],
  [/^head_dist\./, 'distillation_classifier.'],
];

const projections: Renaming = [[/\.attn\.([qkvo])(?:ut)?\./, '.attention.$1_proj.']];

const oldProjections: Renaming = [
  [/\.attn\.q\./, '.attention.attention.query.'],
  [/\.attn\.k\./, '.attention.attention.key.'],
  [/\.attn\.v\./, '.attention.attention.value.'],
  [/\.attn\.out\./, '.attention.output.dense.'],
];

const norms: Renaming = [
  [/\.norm1\./, '.layernorm_before.'],
  [/\.norm2\./, '.layernorm_after.'],
];

const oldPerceptron: Renaming = [
  [/\.mlp\.fc1\./, '.intermediate.dense.'],
  [/\.mlp\.fc2\./, '.output.dense.'],
];

const layerScale: Renaming = [[/\.ls(\d)\.gamma$/, '.layer_scale$1.lambda1']];

export interface Dialect {
  /** What the list of blocks is called. */
  readonly blocks: 'layers' | 'encoder.layer';
  readonly names: Renaming;
}

/** ViT and DeiT in version 5 and before, DINOv2 in version 5 and before. */
export const dialects: readonly Dialect[] = [
  { blocks: 'layers', names: [...projections, ...norms] },
  { blocks: 'encoder.layer', names: [...oldProjections, ...norms, ...oldPerceptron] },
  { blocks: 'encoder.layer', names: [...projections, ...layerScale] },
  { blocks: 'encoder.layer', names: [...oldProjections, ...layerScale] },
];

const patchEmbedding = 'embeddings.patch_embeddings.projection.weight';

/** The name of the model within a task's, such as `vit.`; undefined where the tensors are not named like these. */
export function prefixIn(names: Iterable<string>): string | undefined {
  return [...names].find((name) => name.endsWith(patchEmbedding))?.slice(0, -patchEmbedding.length);
}

export function huggingFaceSource(prefix: string, { blocks, names }: Dialect) {
  const inside: Renaming = [...outside, [/^blocks\./, `${blocks}.`], ...names];
  return (name: string, shape: Shape): string | Source => {
    if (name.startsWith('head')) return renamed(name, heads);
    const stored = `${prefix}${renamed(name, inside)}`;
    return name === 'pos_embed' ? { name: stored, shape: [1, ...shape] } : stored;
  };
}

/** Of both generations: files of the older one are loaded by the newer, too. */
function blockAliases(block: string, size: VitSize): Record<string, string> {
  const attended = written(size, 'attn_out');
  const perceived = written(size, 'mlp_out');
  return {
    [`${block}.layernorm_before`]: 'blocks.{n}.ln1',
    [`${block}.norm1`]: 'blocks.{n}.ln1',
    [`${block}.attention.q_proj`]: 'blocks.{n}.attn.q',
    [`${block}.attention.k_proj`]: 'blocks.{n}.attn.k',
    [`${block}.attention.v_proj`]: 'blocks.{n}.attn.v',
    [`${block}.attention.o_proj`]: attended,
    [`${block}.attention.attention.query`]: 'blocks.{n}.attn.q',
    [`${block}.attention.attention.key`]: 'blocks.{n}.attn.k',
    [`${block}.attention.attention.value`]: 'blocks.{n}.attn.v',
    [`${block}.attention.attention`]: 'blocks.{n}.attn.z',
    [`${block}.attention.output.dense`]: attended,
    [`${block}.attention.output`]: attended,
    [`${block}.attention`]: attended,
    [`${block}.layer_scale1`]: 'blocks.{n}.attn_out',
    [`${block}.layernorm_after`]: 'blocks.{n}.ln2',
    [`${block}.norm2`]: 'blocks.{n}.ln2',
    [`${block}.mlp.fc1`]: 'blocks.{n}.mlp.pre',
    [`${block}.mlp.activation`]: 'blocks.{n}.mlp.post',
    [`${block}.mlp.activation_fn`]: 'blocks.{n}.mlp.post',
    [`${block}.mlp.fc2`]: perceived,
    [`${block}.mlp`]: perceived,
    [`${block}.intermediate.dense`]: 'blocks.{n}.mlp.pre',
    [`${block}.intermediate.intermediate_act_fn`]: 'blocks.{n}.mlp.post',
    [`${block}.intermediate`]: 'blocks.{n}.mlp.post',
    [`${block}.output.dense`]: perceived,
    [`${block}.output`]: 'blocks.{n}.resid_post',
    [`${block}.layer_scale2`]: 'blocks.{n}.mlp_out',
    // Used twice: last on what the perceptron writes.
    [`${block}.dropout`]: 'blocks.{n}.mlp_out',
    [`${block}.drop_path`]: 'blocks.{n}.mlp_out',
    [block]: 'blocks.{n}.resid_post',
  };
}

function huggingFaceAliases(prefix: string, size: VitSize): Alias[] {
  return aliases({
    [`${prefix}embeddings.patch_embeddings.projection`]: 'patch_embed',
    [`${prefix}embeddings.patch_embeddings`]: 'embed',
    [`${prefix}embeddings.dropout`]: 'full_embed',
    [`${prefix}embeddings`]: 'full_embed',
    ...blockAliases(`${prefix}layers.{n}`, size),
    ...blockAliases(`${prefix}encoder.layer.{n}`, size),
    [`${prefix}encoder`]: lastBlock(size),
    [`${prefix}layernorm`]: 'ln_final',
    [`${prefix}pooler.dense`]: 'pooler.pre',
    [`${prefix}pooler.activation`]: 'pooler',
    [`${prefix}pooler`]: 'pooler',
    ...(prefix && { [prefix.slice(0, -1)]: 'ln_final' }),
    classifier: 'logits',
    cls_classifier: 'logits.class',
    distillation_classifier: 'logits.distillation',
    'attention.{n}': 'blocks.{n}.attn.pattern',
    'attentions.{n}': 'blocks.{n}.attn.pattern',
    [`hidden_states.${size.depth}`]: lastBlock(size),
    'hidden_states.{n}': 'blocks.{n}.resid_pre',
    last_hidden_state: 'ln_final',
    pooler_output: size.pooler ? 'pooler' : classified(size),
  });
}

export function huggingFaceNaming(prefix: string, dialect: Dialect, size: VitSize): Naming {
  return {
    name: 'transformers',
    source: huggingFaceSource(prefix, dialect),
    // For training by masks, and, behind a classifier, left over from another task.
    unneeded: [/embeddings\.mask_token$/, ...(size.classes > 0 ? [/pooler\.dense\./] : [])],
    aliases: huggingFaceAliases(prefix, size),
  };
}
