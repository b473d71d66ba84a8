/** A vision transformer of one block, which reads images of 16×16 pixels and no others. */
import {
  addPositionEmbedding,
  conv2d,
  hook,
  toTokens,
  transformerBlock,
  type HookedModel,
  type Variant,
} from '@fovea/models';
import { randomModel } from './random-model.ts';

const variant: Variant = {
  name: 'tiny_transformer',
  description: 'for tests',
  preprocessing: {
    height: 16,
    width: 16,
    channelOrder: 'rgb',
    scale: 1,
    mean: [0.5, 0.5, 0.5],
    std: [0.5, 0.5, 0.5],
    crop: 1,
    interpolation: 'bilinear',
  },
  forward(image) {
    const embedded = hook('embed', toTokens(conv2d(image, 'patch_embed', 8, 4, { stride: 4 })));
    return transformerBlock(addPositionEmbedding(embedded, 'pos_embed', 'pos_embed'), 'blocks.0', {
      heads: 2,
      mlpWidth: 16,
      activation: 'gelu',
      epsilon: 1e-6,
    });
  },
};

export function tinyTransformer(): HookedModel {
  return randomModel(variant);
}
