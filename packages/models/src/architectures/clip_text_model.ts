/**
 * The text tower of CLIP by itself, as Stable Diffusion reads prompts with it: that of OpenAI's ViT-L/14 in version 1,
 * open_clip's ViT-H/14 without its last layer in version 2. Its hook points are those under `text` in `clip`;
 * the U-Net attends to `text.ln_final`.
 */
import { z } from 'zod';
import type { Architecture, Variant } from '../architecture.ts';
import { UnsupportedConfigurationError } from '../errors.ts';
import { hook } from '../graph.ts';
import type { Preprocessing } from '../preprocessing.ts';
import { huggingFaceTextSchema } from './clip/configured.ts';
import type { TextSize } from './clip/config.ts';
import { huggingFaceBareTextNaming, huggingFaceTextNaming } from './clip/namings.ts';
import { atEndOfText, textTower } from './clip/text-tower.ts';

/** It sees no image. */
const noImage: Preprocessing = {
  height: 1,
  width: 1,
  channelOrder: 'rgb',
  scale: 1,
  mean: [0],
  std: [1],
  crop: 1,
  interpolation: 'bilinear',
};

function variant(name: string, description: string, size: TextSize): Variant {
  return {
    name,
    description,
    preprocessing: noImage,
    mainInput: { name: 'tokens', shape: [size.contextLength], axes: ['position'], dtype: 'int32' },
    forward: (tokens) => hook('text.pooled', atEndOfText(textTower(tokens, size), tokens)),
    namings: [huggingFaceTextNaming, huggingFaceBareTextNaming],
  };
}

/** @throws UnsupportedConfigurationError */
function sizeOf(config: unknown): TextSize {
  const parsed = huggingFaceTextSchema.safeParse(config);
  if (!parsed.success)
    throw new UnsupportedConfigurationError('clip_text_model', z.prettifyError(parsed.error));
  return parsed.data;
}

const first = sizeOf({
  hidden_size: 768,
  intermediate_size: 3072,
  num_attention_heads: 12,
});

const second = sizeOf({
  hidden_size: 1024,
  intermediate_size: 4096,
  num_attention_heads: 16,
  num_hidden_layers: 23,
  hidden_act: 'gelu',
});

export const clipTextModel: Architecture = {
  name: 'clip_text_model',
  title: "CLIP's text tower",
  variants: [
    variant('stable_diffusion_1_text_encoder', 'Stable Diffusion 1.1 to 1.5', first),
    variant('stable_diffusion_2_text_encoder', 'Stable Diffusion 2.0 and 2.1', second),
  ],
  configure({ tensors, config }) {
    const table = /^(text_model\.)?embeddings\.token_embedding\.weight$/;
    const isText = [...tensors.keys()].some((name) => table.test(name)) && !tensors.has('logit_scale');
    if (config === undefined || !isText) return undefined;
    const size = sizeOf(config);
    const quick = size.activation === 'quick_gelu' ? '_quickgelu' : '';
    const name = `clip_text_${size.width}x${size.layers}${quick}`;
    return variant(name, 'Sizes as the checkpoint tells them', size);
  },
};
