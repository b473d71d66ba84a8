/**
 * The ResNets of CLIP (Radford et al., 2021, section 2.4; github.com/openai/CLIP, model.py): a stem of three
 * convolutions, strides by average pooling, and attention in place of the last average.
 */
import { tf } from '@fovea/tensor';
import {
  add,
  addPositionEmbedding,
  attention,
  avgPool,
  batchNorm,
  conv2d,
  relu,
  takePosition,
  takePositions,
  toTokens,
} from '../../blocks/index.ts';
import { channelsOf } from '../../blocks/window-node.ts';
import { hook, node, type Node } from '../../graph.ts';
import type { ModifiedResNetSize } from './config.ts';

/** Channels of a bottleneck's output over those inside. */
const expansion = 4;

/**
 * Image [height, width, 3] → [embedWidth]. Hook points and tensors under `visual`, named as in OpenAI's module, with
 * `relu` behind each `bn` and `pre_relu` where a block has added its branch.
 */
export function modifiedResNet(image: Node, size: ModifiedResNetSize, embedWidth: number): Node {
  let x = stem(image, size.width);
  size.blocks.forEach((count, index) => {
    const stage = `visual.layer${index + 1}`;
    const width = size.width * 2 ** index;
    for (let block = 0; block < count; block++)
      x = bottleneck(x, `${stage}.${block}`, width, index > 0 && block === 0 ? 2 : 1);
  });
  return attentionPool(x, size.heads, embedWidth);
}

function stem(image: Node, width: number): Node {
  let x = convBnRelu(image, 'visual', 1, width / 2, 3, 2);
  x = convBnRelu(x, 'visual', 2, width / 2, 3);
  x = convBnRelu(x, 'visual', 3, width, 3);
  return hook('visual.avgpool', avgPool(x, 2, { stride: 2 }));
}

function bottleneck(x: Node, name: string, width: number, stride: number): Node {
  let branch = convBnRelu(x, name, 1, width, 1);
  branch = convBnRelu(branch, name, 2, width, 3);
  if (stride > 1) branch = hook(`${name}.avgpool`, avgPool(branch, stride, { stride }));
  branch = convBn(branch, name, 3, width * expansion, 1);
  const shortcut = channelsOf(x) === width * expansion ? x : downsample(x, name, width * expansion, stride);
  return hook(name, relu(hook(`${name}.pre_relu`, add(branch, shortcut))));
}

function downsample(x: Node, block: string, width: number, stride: number): Node {
  const name = `${block}.downsample`;
  const pooled = stride > 1 ? avgPool(x, stride, { stride }) : x;
  return hook(name, batchNorm(conv2d(pooled, `${name}.conv`, width, 1, { bias: false }), `${name}.bn`));
}

function convBn(x: Node, name: string, index: number, width: number, size: 1 | 3, stride = 1): Node {
  const edge = size === 3 ? 1 : 0;
  const padding = [edge, edge, edge, edge] as const;
  const conv = conv2d(x, `${name}.conv${index}`, width, size, { stride, padding, bias: false });
  return hook(`${name}.bn${index}`, batchNorm(hook(`${name}.conv${index}`, conv), `${name}.bn${index}`));
}

function convBnRelu(x: Node, name: string, index: number, width: number, size: 1 | 3, stride = 1): Node {
  return hook(`${name}.relu${index}`, relu(convBn(x, name, index, width, size, stride)));
}

/** The mean over positions attends to itself and to all positions: [height, width, channels] → [embedWidth]. */
function attentionPool(x: Node, heads: number, embedWidth: number): Node {
  const name = 'visual.attnpool';
  const full = addPositionEmbedding(withMean(toTokens(x)), `${name}.pos_embed`, `${name}.pos_embed`);
  const tokens = hook(`${name}.full_embed`, full);
  const attended = attention(takePositions(tokens, 0, 1), name, {
    heads,
    context: tokens,
    outputWidth: embedWidth,
  });
  return takePosition(attended, 0);
}

/** [positions, channels] → [1 + positions, channels], their mean first. */
function withMean(tokens: Node): Node {
  const [positions, channels] = tokens.shape as [number, number];
  return node(
    { kind: 'concat', compute: ([value]) => tf.concat([value!.mean(1, true), value!], 1) },
    [tokens],
    [positions + 1, channels],
  );
}
