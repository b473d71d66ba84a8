/** The sizes of a CLIP as a checkpoint tells them: by a configuration beside it, or by its tensors' shapes. */
import { z } from 'zod';
import type { CheckpointDescription } from '../../architecture.ts';
import type { Activation } from '../../blocks/index.ts';
import { UnsupportedConfigurationError } from '../../errors.ts';
import type { ClipSize, ModifiedResNetSize, VisionTransformerSize } from './config.ts';

type Tensors = CheckpointDescription['tensors'];

const positive = z.int().positive();

const huggingFaceTower = {
  hidden_act: z.enum(['quick_gelu', 'gelu']).default('quick_gelu'),
  layer_norm_eps: z.number().positive().default(1e-5),
  num_hidden_layers: positive.default(12),
};

export const huggingFaceTextSchema = z
  .object({
    ...huggingFaceTower,
    hidden_size: positive.default(512),
    intermediate_size: positive.default(2048),
    num_attention_heads: positive.default(8),
    vocab_size: positive.default(49408),
    max_position_embeddings: positive.default(77),
  })
  .transform((config) => ({
    ...transformerOf(config),
    contextLength: config.max_position_embeddings,
    vocabulary: config.vocab_size,
  }));

const huggingFaceSchema = z.object({
  projection_dim: positive.default(512),
  text_config: huggingFaceTextSchema,
  vision_config: z
    .object({
      ...huggingFaceTower,
      hidden_size: positive.default(768),
      intermediate_size: positive.default(3072),
      num_attention_heads: positive.default(12),
      image_size: positive.default(224),
      patch_size: positive.default(32),
    })
    .transform((config) => ({
      ...transformerOf(config),
      kind: 'vit' as const,
      size: config.image_size,
      patch: config.patch_size,
    })),
});

const openClipSchema = z.object({
  model_cfg: z.object({
    embed_dim: positive,
    quick_gelu: z.boolean().default(false),
    vision_cfg: z.object({
      layers: z.union([positive, z.array(positive).length(4)]),
      width: positive.default(768),
      head_width: positive.default(64),
      mlp_ratio: z.number().positive().default(4),
      patch_size: positive.nullable().default(16),
      image_size: positive.default(224),
      timm_model_name: z.string().optional(),
    }),
    text_cfg: z.object({
      context_length: positive.default(77),
      vocab_size: positive.default(49408),
      width: positive.default(512),
      heads: positive.default(8),
      layers: positive.default(12),
      mlp_ratio: z.number().positive().default(4),
      hf_model_name: z.string().optional(),
    }),
  }),
});

interface HuggingFaceTower {
  hidden_size: number;
  num_hidden_layers: number;
  num_attention_heads: number;
  intermediate_size: number;
  hidden_act: Activation;
  layer_norm_eps: number;
}

function transformerOf(config: HuggingFaceTower) {
  return {
    width: config.hidden_size,
    layers: config.num_hidden_layers,
    heads: config.num_attention_heads,
    mlpWidth: config.intermediate_size,
    activation: config.hidden_act,
    epsilon: config.layer_norm_eps,
  };
}

/**
 * Undefined where the configuration is of neither form.
 * @throws UnsupportedConfigurationError
 */
export function sizeFromConfig(config: unknown): ClipSize | undefined {
  if (typeof config !== 'object' || config === null) return undefined;
  if ('vision_config' in config) {
    const { projection_dim, text_config, vision_config } = parsed(huggingFaceSchema, config);
    return { embedWidth: projection_dim, image: vision_config, text: text_config };
  }
  if ('model_cfg' in config) return openClipSize(parsed(openClipSchema, config).model_cfg);
  return undefined;
}

function parsed<Output>(schema: z.ZodType<Output>, config: unknown): Output {
  const result = schema.safeParse(config);
  if (!result.success) throw new UnsupportedConfigurationError('clip', z.prettifyError(result.error));
  return result.data;
}

function openClipSize(config: z.infer<typeof openClipSchema>['model_cfg']): ClipSize {
  const { vision_cfg: vision, text_cfg: text } = config;
  const foreign = vision.timm_model_name ?? text.hf_model_name;
  if (foreign) throw new UnsupportedConfigurationError('clip', `its tower ${foreign} is not one of OpenAI's`);
  const shared = { activation: activationOf(config.quick_gelu), epsilon: 1e-5 };
  const image: ModifiedResNetSize | VisionTransformerSize = Array.isArray(vision.layers)
    ? {
        kind: 'resnet',
        size: vision.image_size,
        blocks: vision.layers,
        width: vision.width,
        heads: (vision.width * 32) / vision.head_width,
      }
    : {
        kind: 'vit',
        size: vision.image_size,
        patch: vision.patch_size ?? 16,
        layers: vision.layers,
        width: vision.width,
        heads: vision.width / vision.head_width,
        mlpWidth: Math.floor(vision.width * vision.mlp_ratio),
        ...shared,
      };
  return {
    embedWidth: config.embed_dim,
    image,
    text: {
      width: text.width,
      layers: text.layers,
      heads: text.heads,
      ...shared,
      mlpWidth: Math.floor(text.width * text.mlp_ratio),
      contextLength: text.context_length,
      vocabulary: text.vocab_size,
    },
  };
}

function activationOf(quick: boolean): Activation {
  return quick ? 'quick_gelu' : 'gelu';
}

/** Heads are taken to be 64 wide. Undefined where the tensors are not named as OpenAI names them. */
export function sizeFromTensors(tensors: Tensors): ClipSize | undefined {
  const shape = (name: string) => tensors.get(name)?.shape;
  const [contextLength, width] = shape('positional_embedding') ?? [];
  const [vocabulary] = shape('token_embedding.weight') ?? [];
  const [, embedWidth] = shape('text_projection') ?? [];
  const activation = activationOf(tensors.has('input_resolution'));
  const image = shape('visual.proj') ? transformerImage(tensors, activation) : resNetImage(tensors);
  if (!contextLength || !width || !vocabulary || !embedWidth || !image) return undefined;
  const layers = countOf(tensors, /^transformer\.resblocks\.(\d+)\./);
  const sizes = { width, layers, heads: width / 64, mlpWidth: 4 * width, activation, epsilon: 1e-5 };
  return { embedWidth, image, text: { ...sizes, contextLength, vocabulary } };
}

function transformerImage(tensors: Tensors, activation: Activation): VisionTransformerSize | undefined {
  const [width, , patch] = tensors.get('visual.conv1.weight')?.shape ?? [];
  const [positions] = tensors.get('visual.positional_embedding')?.shape ?? [];
  const [mlpWidth] = tensors.get('visual.transformer.resblocks.0.mlp.c_fc.weight')?.shape ?? [];
  if (!width || !patch || !positions || !mlpWidth) return undefined;
  return {
    kind: 'vit',
    size: Math.sqrt(positions - 1) * patch,
    patch,
    width,
    heads: width / 64,
    layers: countOf(tensors, /^visual\.transformer\.resblocks\.(\d+)\./),
    mlpWidth,
    activation,
    epsilon: 1e-5,
  };
}

function resNetImage(tensors: Tensors): ModifiedResNetSize | undefined {
  const [width] = tensors.get('visual.conv3.weight')?.shape ?? [];
  const [positions] = tensors.get('visual.attnpool.positional_embedding')?.shape ?? [];
  if (!width || !positions) return undefined;
  const blocks = [1, 2, 3, 4].map((stage) =>
    countOf(tensors, new RegExp(`^visual\\.layer${stage}\\.(\\d+)\\.`)),
  );
  return { kind: 'resnet', size: 32 * Math.sqrt(positions - 1), blocks, width, heads: width / 2 };
}

/** How many different numbers the pattern's group takes in the tensors' names. */
function countOf(tensors: Tensors, pattern: RegExp): number {
  return new Set([...tensors.keys()].flatMap((name) => pattern.exec(name)?.[1] ?? [])).size;
}
