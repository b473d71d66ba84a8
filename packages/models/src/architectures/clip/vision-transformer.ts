import {
  addPositionEmbedding,
  conv2d,
  insertTokens,
  layerNorm,
  linear,
  takePosition,
  toTokens,
  transformerBlock,
} from '../../blocks/index.ts';
import { hook, type Node } from '../../graph.ts';
import type { VisionTransformerSize } from './config.ts';

/**
 * Image [height, width, 3] → [embedWidth]. Hook points and tensors under `visual`: `conv1`, `embed` (class token
 * first), `pos_embed`, `full_embed`, `ln_pre`, those of each of `blocks`, `ln_final`, `pooled`.
 */
export function visionTransformer(image: Node, size: VisionTransformerSize, embedWidth: number): Node {
  const { width, patch, epsilon, layers } = size;
  const patches = hook(
    'visual.conv1',
    conv2d(image, 'visual.conv1', width, patch, { stride: patch, bias: false }),
  );
  const classToken = { name: 'visual.class_embedding', shape: [width] };
  const embedded = hook('visual.embed', insertTokens(toTokens(patches), [classToken]));
  const full = hook(
    'visual.full_embed',
    addPositionEmbedding(embedded, 'visual.pos_embed', 'visual.pos_embed'),
  );
  let x = layerNorm(full, 'visual.ln_pre', { epsilon });
  for (let layer = 0; layer < layers; layer++) x = transformerBlock(x, `visual.blocks.${layer}`, size);
  const pooled = hook('visual.pooled', takePosition(layerNorm(x, 'visual.ln_final', { epsilon }), 0));
  return linear(pooled, 'visual.proj', embedWidth, { bias: false });
}
