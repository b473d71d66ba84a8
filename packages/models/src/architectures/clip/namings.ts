/** How OpenAI (and with it open_clip) and Hugging Face name the parts of a CLIP. */
import type { Alias, Naming, Source } from '../../naming.ts';
import { fusedSource, renamed, type Renaming } from '../renaming.ts';
import type { ClipSize } from './config.ts';

const openaiNames: Renaming = [
  [/^text\.blocks\.(\d+)/, 'transformer.resblocks.$1'],
  [/^visual\.blocks\.(\d+)/, 'visual.transformer.resblocks.$1'],
  [/\.norm(\d)\./, '.ln_$1.'],
  [/(blocks\.\d+\.attn\.)out\./, '$1out_proj.'],
  [/\.mlp\.fc1\./, '.mlp.c_fc.'],
  [/\.mlp\.fc2\./, '.mlp.c_proj.'],
  [/attnpool\.([qkv])\./, 'attnpool.$1_proj.'],
  [/attnpool\.out\./, 'attnpool.c_proj.'],
  [/downsample\.conv\./, 'downsample.0.'],
  [/downsample\.bn\./, 'downsample.1.'],
  [/^visual\.ln_final/, 'visual.ln_post'],
  [/^(visual\.(?:attnpool\.)?)pos_embed$/, '$1positional_embedding'],
  [/^text\.pos_embed$/, 'positional_embedding'],
  [/^text\.embed\./, 'token_embedding.'],
  [/^text\.ln_final/, 'ln_final'],
  [/^text\.proj\.weight$/, 'text_projection'],
  [/^visual\.proj\.weight$/, 'visual.proj'],
];

function openaiSource(name: string, shape: readonly number[]): string | Source {
  const stored = renamed(name, openaiNames);
  const projection = /blocks\.\d+\.attn\.([qkv])\.(weight|bias)$/.exec(name);
  if (projection) {
    const [, part, kind] = projection;
    return fusedSource(stored.replace(/[qkv]\.(weight|bias)$/, `in_proj_${kind}`), part!, shape);
  }
  if (/^(visual|text)\.proj\.weight$/.test(name))
    return { name: stored, shape: shape.toReversed(), permute: [1, 0] };
  return stored;
}

function openaiBlock(module: string, tower: string): Alias[] {
  const block = `${tower}.blocks.{n}`;
  return [
    { module: `${module}.{n}`, hook: `${block}.resid_post` },
    { module: `${module}.{n}.ln_1`, hook: `${block}.ln1` },
    { module: `${module}.{n}.attn`, hook: `${block}.attn_out` },
    { module: `${module}.{n}.ln_2`, hook: `${block}.ln2` },
    { module: `${module}.{n}.mlp.c_fc`, hook: `${block}.mlp.pre` },
    { module: `${module}.{n}.mlp.gelu`, hook: `${block}.mlp.post` },
    { module: `${module}.{n}.mlp.c_proj`, hook: `${block}.mlp_out` },
    { module: `${module}.{n}.mlp`, hook: `${block}.mlp_out` },
  ];
}

function openaiVisual({ image }: ClipSize): Alias[] {
  if (image.kind === 'vit')
    return [
      ...openaiBlock('visual.transformer.resblocks', 'visual'),
      { module: 'visual.transformer', hook: `visual.blocks.${image.layers - 1}.resid_post` },
      { module: 'visual.ln_post', hook: 'visual.ln_final' },
    ];
  return [
    ...image.blocks.map((count, stage) => ({
      module: `visual.layer${stage + 1}`,
      hook: `visual.layer${stage + 1}.${count - 1}`,
    })),
    { module: 'visual.act{n}', hook: 'visual.relu{n}' },
    { module: 'visual.layer{stage}.{block}.act3', hook: 'visual.layer{stage}.{block}' },
    { module: 'visual.layer{stage}.{block}.act{n}', hook: 'visual.layer{stage}.{block}.relu{n}' },
    // Where nothing is pooled, the module hands on what it is given.
    { module: 'visual.layer{stage}.{block}.avgpool', hook: 'visual.layer{stage}.{block}.relu2' },
    { module: 'visual.attnpool', hook: 'image_features' },
  ];
}

/** The activations of open_clip's ResNets work in place, and so does the addition before the last one. */
const openaiOverwritten: readonly Alias[] = [
  { module: 'visual.bn{n}', hook: 'visual.relu{n}' },
  { module: 'visual.layer{stage}.{block}.bn3', hook: 'visual.layer{stage}.{block}' },
  { module: 'visual.layer{stage}.{block}.bn{n}', hook: 'visual.layer{stage}.{block}.relu{n}' },
];

/** @param jit whether the checkpoint is one of OpenAI's own, which carry these sizes as tensors */
export function openaiNaming(size: ClipSize, jit: boolean): Naming {
  return {
    name: 'openai',
    source: openaiSource,
    unneeded: [/num_batches_tracked$/, ...(jit ? [/^(input_resolution|context_length|vocab_size)$/] : [])],
    aliases: [
      ...openaiVisual(size),
      { module: 'visual', hook: 'image_features' },
      ...openaiBlock('transformer.resblocks', 'text'),
      { module: 'transformer', hook: `text.blocks.${size.text.layers - 1}.resid_post` },
      { module: 'token_embedding', hook: 'text.embed' },
      { module: 'ln_final', hook: 'text.ln_final' },
    ],
    ...(size.image.kind === 'resnet' && { overwritten: openaiOverwritten }),
  };
}

const huggingFaceNames: Renaming = [
  [/^text\.proj\./, 'text_projection.'],
  [/^visual\.proj\./, 'visual_projection.'],
  [/^(text|visual)\.pos_embed$/, '$1.embeddings.position_embedding.weight'],
  [/^text\.embed\./, 'text.embeddings.token_embedding.'],
  [/^text\.ln_final/, 'text.final_layer_norm'],
  [/^visual\.class_embedding$/, 'visual.embeddings.class_embedding'],
  [/^visual\.conv1\./, 'visual.embeddings.patch_embedding.'],
  // Their spelling.
  [/^visual\.ln_pre/, 'visual.pre_layrnorm'],
  [/^visual\.ln_final/, 'visual.post_layernorm'],
  [/\.blocks\.(\d+)/, '.encoder.layers.$1'],
  [/\.norm(\d)\./, '.layer_norm$1.'],
  [/\.attn\.([qkv]|out)\./, '.self_attn.$1_proj.'],
  [/^text\./, 'text_model.'],
  [/^visual\./, 'vision_model.'],
];

function huggingFaceBlock(module: string, tower: string): Alias[] {
  const block = `${tower}.blocks.{n}`;
  return [
    { module: `${module}.{n}`, hook: `${block}.resid_post` },
    { module: `${module}.{n}.layer_norm1`, hook: `${block}.ln1` },
    { module: `${module}.{n}.self_attn`, hook: `${block}.attn_out` },
    { module: `${module}.{n}.self_attn.out_proj`, hook: `${block}.attn_out` },
    { module: `${module}.{n}.layer_norm2`, hook: `${block}.ln2` },
    { module: `${module}.{n}.mlp.fc1`, hook: `${block}.mlp.pre` },
    { module: `${module}.{n}.mlp.activation_fn`, hook: `${block}.mlp.post` },
    { module: `${module}.{n}.mlp.fc2`, hook: `${block}.mlp_out` },
    { module: `${module}.{n}.mlp`, hook: `${block}.mlp_out` },
  ];
}

/** @param at before the names of the text tower's modules */
function huggingFaceText(at: string): Alias[] {
  return [
    ...huggingFaceBlock(`${at}encoder.layers`, 'text'),
    { module: `${at}embeddings.token_embedding`, hook: 'text.embed' },
    { module: `${at}embeddings.position_embedding`, hook: 'text.pos_embed' },
    { module: `${at}embeddings`, hook: 'text.full_embed' },
    { module: `${at}final_layer_norm`, hook: 'text.ln_final' },
    { module: 'text_attention.{n}', hook: 'text.blocks.{n}.attn.pattern' },
  ];
}

const huggingFaceVisual: readonly Alias[] = [
  ...huggingFaceBlock('vision_model.encoder.layers', 'visual'),
  { module: 'vision_model.embeddings.patch_embedding', hook: 'visual.conv1' },
  { module: 'vision_model.embeddings.position_embedding', hook: 'visual.pos_embed' },
  { module: 'vision_model.embeddings', hook: 'visual.full_embed' },
  { module: 'vision_model.pre_layrnorm', hook: 'visual.ln_pre' },
  { module: 'vision_model.post_layernorm', hook: 'visual.pooled' },
  { module: 'vision_attention.{n}', hook: 'visual.blocks.{n}.attn.pattern' },
];

const huggingFaceUnneeded = [/\.position_ids$/];

/** Of CLIPModel. */
export const huggingFaceNaming: Naming = {
  name: 'transformers',
  source: (name) => renamed(name, huggingFaceNames),
  unneeded: huggingFaceUnneeded,
  aliases: [
    ...huggingFaceVisual,
    ...huggingFaceText('text_model.'),
    { module: 'visual_projection', hook: 'image_features' },
    { module: 'text_projection', hook: 'text_features' },
  ],
};

const textOutputs: readonly Alias[] = [
  { module: 'last_hidden_state', hook: 'text.ln_final' },
  { module: 'pooler_output', hook: 'text.pooled' },
];

/** Of CLIPTextModel, as checkpoints have it. */
export const huggingFaceTextNaming: Naming = {
  ...huggingFaceNaming,
  aliases: [...huggingFaceText('text_model.'), ...textOutputs],
};

/** Of CLIPTextModel since transformers 5, which saves it without the prefix of the tower. */
export const huggingFaceBareTextNaming: Naming = {
  name: 'transformers 5',
  source: (name) => renamed(name, huggingFaceNames).replace(/^text_model\./, ''),
  unneeded: huggingFaceUnneeded,
  aliases: [...huggingFaceText(''), ...textOutputs],
};
