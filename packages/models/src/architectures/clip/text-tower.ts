import { tf } from '@fovea/tensor';
import { channelsOf } from '../../blocks/window-node.ts';
import { addPositionEmbedding, embedding, layerNorm, transformerBlock } from '../../blocks/index.ts';
import { hook, node, type Node } from '../../graph.ts';
import type { TextSize } from './config.ts';

/**
 * Token ids [positions] → [positions, width], by a causal transformer. Hook points and tensors under `text`: `embed`,
 * `pos_embed`, `full_embed`, those of each of `blocks`, `ln_final`.
 */
export function textTower(tokens: Node, size: TextSize): Node {
  const embedded = hook('text.embed', embedding(tokens, 'text.embed', size.vocabulary, size.width));
  const placed = addPositionEmbedding(embedded, 'text.pos_embed', 'text.pos_embed', { shorter: true });
  let x = hook('text.full_embed', placed);
  for (let layer = 0; layer < size.layers; layer++) {
    x = transformerBlock(x, `text.blocks.${layer}`, { ...size, causal: true });
  }
  return layerNorm(x, 'text.ln_final', { epsilon: size.epsilon });
}

/** The value at the end token, which has the highest of all ids: [positions, width] → [width]. */
export function atEndOfText(x: Node, tokens: Node): Node {
  return node(
    {
      kind: 'slice',
      compute: ([value, ids]) => {
        const ends = tf.oneHot(ids!.toFloat().argMax<tf.Tensor1D>(-1), ids!.shape[1]!);
        return value!.mul(ends.toFloat().expandDims(-1)).sum(1);
      },
    },
    [x, tokens],
    [channelsOf(x)],
  );
}
