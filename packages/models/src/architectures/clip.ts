/**
 * CLIP (Radford et al., "Learning Transferable Visual Models From Natural Language Supervision", 2021): an image
 * and a text tower whose embeddings of matching pairs point the same way. The image tower is a vision transformer or
 * a ResNet whose last average is attention.
 *
 * Its parts are hook points under `visual` and `text`; then come `image_features` and `text_features`, `image_embeds`
 * and `text_embeds`, which are the same at length 1, and `logits_per_text` and `logits_per_image`, their products.
 */
import { isDeepStrictEqual } from 'node:util';
import { tf } from '@fovea/tensor';
import type { Architecture, CheckpointDescription, Variant } from '../architecture.ts';
import { linear } from '../blocks/index.ts';
import { hook, node, pointwise, type Node } from '../graph.ts';
import { clipPreprocessing } from '../preprocessing.ts';
import type { ClipSize } from './clip/config.ts';
import { sizeFromConfig, sizeFromTensors } from './clip/configured.ts';
import { modifiedResNet } from './clip/modified-resnet.ts';
import { huggingFaceNaming, openaiNaming } from './clip/namings.ts';
import { openaiModels, openClipModels, type PublishedClip } from './clip/published.ts';
import { atEndOfText, textTower } from './clip/text-tower.ts';
import { visionTransformer } from './clip/vision-transformer.ts';

function draw(image: Node, tokens: Node, { embedWidth, image: imageSize, text }: ClipSize): Node[] {
  const seen =
    imageSize.kind === 'vit'
      ? visionTransformer(image, imageSize, embedWidth)
      : modifiedResNet(image, imageSize, embedWidth);
  const read = hook('text.pooled', atEndOfText(textTower(tokens, text), tokens));
  const imageFeatures = hook('image_features', seen);
  const textFeatures = hook('text_features', linear(read, 'text.proj', embedWidth, { bias: false }));
  const imageEmbeds = hook('image_embeds', unitLength(imageFeatures));
  const textEmbeds = hook('text_embeds', unitLength(textFeatures));
  return [
    hook('logits_per_text', products(textEmbeds, imageEmbeds)),
    hook('logits_per_image', products(imageEmbeds, textEmbeds)),
  ];
}

function unitLength(x: Node): Node {
  return pointwise(x, {
    kind: 'normalize',
    compute: ([value]) => value!.div(value!.square().sum(-1, true).sqrt()),
  });
}

/** Of each of one batch with each of the other, by the learned temperature: [batch, length of the other batch]. */
function products(rows: Node, columns: Node): Node {
  const scale = { name: 'logit_scale', shape: [] };
  return node(
    {
      kind: 'similarity',
      tensors: [scale],
      compute: ([a, b], { weights }) =>
        tf.matMul(a as tf.Tensor2D, b as tf.Tensor2D, false, true).mul(weights.get(scale.name)!.exp()),
    },
    [rows, columns],
    [1],
  );
}

function variant({ name, size }: PublishedClip, description: string): Variant {
  const quick = size.text.activation === 'quick_gelu';
  return {
    name,
    description,
    preprocessing: { ...clipPreprocessing, height: size.image.size, width: size.image.size },
    otherInputs: [{ name: 'tokens', shape: [size.text.contextLength], axes: ['position'], dtype: 'int32' }],
    forward: (image, { tokens }) => draw(image, tokens!, size),
    namings:
      size.image.kind === 'vit'
        ? [openaiNaming(size, quick), huggingFaceNaming]
        : [openaiNaming(size, quick)],
  };
}

/** As the published ones are called: `clip_vit_128x4_patch32_224`. */
function nameOf({ image, text }: ClipSize): string {
  const tower =
    image.kind === 'vit'
      ? `vit_${image.width}x${image.layers}_patch${image.patch}_${image.size}`
      : `rn_${image.width}x${image.blocks.join('_')}_${image.size}`;
  return `clip_${tower}${text.activation === 'quick_gelu' ? '_quickgelu' : ''}`;
}

function isClip(tensors: CheckpointDescription['tensors']): boolean {
  return (
    tensors.has('logit_scale') && (tensors.has('text_projection') || tensors.has('text_projection.weight'))
  );
}

const [first, ...others] = openClipModels.map((model) =>
  variant(model, "open_clip's models, with exact GELU; OpenAI's own are the variants with quickgelu"),
);

const quick = openaiModels.map((model) =>
  variant(model, "OpenAI's weights, and open_clip's of the same activation: x · σ(1.702 x)"),
);

const published = [...openClipModels, ...openaiModels];

export const clip: Architecture = {
  name: 'clip',
  title: 'CLIP',
  variants: [first!, ...others, ...quick],
  configure({ tensors, config }) {
    if (!isClip(tensors)) return undefined;
    const size = sizeFromConfig(config) ?? sizeFromTensors(tensors);
    if (!size) return undefined;
    const name = published.find((model) => isDeepStrictEqual(model.size, size))?.name;
    // Without a configuration, published sizes are left to the variants: they differ in more than tensors show.
    if (name && config === undefined) return undefined;
    return variant({ name: name ?? nameOf(size), size }, 'Sizes as the checkpoint tells them');
  },
};
