/** One small network of each architecture, with synthetic weights. */
import type { Architecture, Variant } from '../architecture.ts';
import { vggVariant } from '../architectures/vgg.ts';
import type { HookedModel } from '../hooked-model.ts';
import { findArchitecture, findVariant } from '../known-architectures.ts';
import { variantModel } from './synthetic-model.ts';

export interface SmallModel {
  readonly architecture: string;
  /** Of the variant. */
  readonly name: string;
  readonly load: () => Promise<HookedModel>;
}

const smallTransformer = {
  hidden_size: 8,
  intermediate_size: 16,
  num_attention_heads: 2,
  num_hidden_layers: 3,
};

export const smallModels: readonly SmallModel[] = [
  published('fovea_mini', 'procedural', 64),
  published('inception_v1', 'inception_v1', 64),
  published('googlenet', 'googlenet', 64),
  published('inception_v3', 'inception_v3_2015_trunk', 107),
  published('inception_v3', 'inception_v3', 107),
  published('squeezenet', 'squeezenet1_0', 64),
  published('alexnet', 'alexnet', 64),
  published('resnet', 'resnet18', 64),
  published('cifar_resnet', 'resnet20', 32),
  smallVgg({ normalized: false }),
  smallVgg({ normalized: true }),
  published('convnext', 'convnext_atto', 32),
  published('convnext', 'convnextv2_atto', 32),
  published('vit', 'test_vit', 32),
  published('vit', 'test_vit2', 32),
  published('dit_mnist', 'dit_mnist'),
  configured('clip', 'with a vision transformer', ['logit_scale', 'text_projection'], {
    projection_dim: 8,
    text_config: { ...smallTransformer, vocab_size: 16, max_position_embeddings: 6 },
    vision_config: { ...smallTransformer, image_size: 16, patch_size: 8 },
  }),
  configured('clip', 'with a ResNet', ['logit_scale', 'text_projection'], {
    model_cfg: {
      embed_dim: 8,
      vision_cfg: { layers: [1, 1, 1, 1], width: 8, head_width: 64, image_size: 64 },
      text_cfg: { context_length: 6, vocab_size: 16, width: 8, heads: 2, layers: 1 },
    },
  }),
  configured('clip_text_model', 'of three layers', ['embeddings.token_embedding.weight'], {
    ...smallTransformer,
    vocab_size: 16,
    max_position_embeddings: 6,
  }),
  configured('unet_2d_condition', 'of two levels', ['time_embedding.linear_1.weight'], {
    sample_size: 8,
    block_out_channels: [8, 16],
    down_block_types: ['CrossAttnDownBlock2D', 'DownBlock2D'],
    up_block_types: ['UpBlock2D', 'CrossAttnUpBlock2D'],
    layers_per_block: 1,
    cross_attention_dim: 6,
    attention_head_dim: 2,
    norm_num_groups: 4,
  }),
  configured('autoencoder_kl', 'of two levels', ['post_quant_conv.weight'], {
    sample_size: 16,
    block_out_channels: [8, 16],
    norm_num_groups: 4,
  }),
];

/** @param size another than the nominal one, of networks that take any */
function published(architectureName: string, variantName: string, size?: number): SmallModel {
  return {
    architecture: architectureName,
    name: variantName,
    load: () => {
      const architecture = findArchitecture(architectureName);
      return resized(architecture, findVariant(architecture, variantName), size);
    },
  };
}

/** @param tensors by which the architecture knows its checkpoints */
function configured(
  architectureName: string,
  name: string,
  tensors: readonly string[],
  config: object,
): SmallModel {
  return {
    architecture: architectureName,
    name,
    load: () => {
      const names = new Map(tensors.map((tensor) => [tensor, { shape: [] }]));
      const variant = findArchitecture(architectureName).configure!({ tensors: names, config })!;
      return variantModel(architectureName, variant);
    },
  };
}

function smallVgg({ normalized }: { normalized: boolean }): SmallModel {
  const plan = { depths: [1, 2], filters: [4, 8], hidden: 16, classes: 10, normalized };
  const name = normalized ? 'of two stages, with batch norm' : 'of two stages';
  const variant = vggVariant(name, 'A small VGG', plan);
  return {
    architecture: 'vgg',
    name,
    load: () => resized(findArchitecture('vgg'), variant, 32),
  };
}

function resized(architecture: Architecture, variant: Variant, size?: number): Promise<HookedModel> {
  const extent = size === undefined ? {} : { height: size, width: size };
  return variantModel(architecture.name, {
    ...variant,
    preprocessing: { ...variant.preprocessing, ...extent },
  });
}
