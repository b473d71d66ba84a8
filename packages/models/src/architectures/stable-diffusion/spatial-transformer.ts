import { tf } from '@fovea/tensor';
import {
  activation,
  add,
  attention,
  channelRange,
  conv2d,
  groupNorm,
  layerNorm,
  linear,
  toImage,
  toTokens,
} from '../../blocks/index.ts';
import { channelsOf } from '../../blocks/window-node.ts';
import { hook, pointwise, type Node } from '../../graph.ts';

export interface SpatialTransformerOptions {
  readonly heads: number;
  /** Of the group normalisation. */
  readonly groups: number;
  /** The text's hidden states, [positions, channels], which the second attention reads. */
  readonly context: Node;
  /** Whether the projections around the block are linear maps (SD 2) or 1×1 convolutions (SD 1). */
  readonly linearProjection: boolean;
}

/**
 * Positions of an image attend to each other and to a text; what comes of it is added to the image. Tensors under
 * `name` as in diffusers. Hook points: `norm`, `proj_in`, those of `transformer_blocks.0`, `proj_out` (what is added), and
 * the sum, which has the name alone.
 */
export function spatialTransformer(x: Node, name: string, options: SpatialTransformerOptions): Node {
  const { groups, linearProjection } = options;
  const channels = channelsOf(x);
  const project = (value: Node, part: string) =>
    hook(
      `${name}.${part}`,
      linearProjection
        ? linear(value, `${name}.${part}`, channels)
        : conv2d(value, `${name}.${part}`, channels, 1),
    );
  const normed = hook(`${name}.norm`, groupNorm(x, `${name}.norm`, groups, { epsilon: 1e-6 }));
  const tokens = linearProjection
    ? project(toTokens(normed), 'proj_in')
    : toTokens(project(normed, 'proj_in'));
  const written = crossAttentionBlock(tokens, `${name}.transformer_blocks.0`, options);
  const branch = linearProjection
    ? toImage(project(written, 'proj_out'), x)
    : project(toImage(written, x), 'proj_out');
  return hook(name, add(x, branch));
}

/**
 * Self-attention, cross-attention and a gated perceptron, each reading the normalised residual stream and adding to
 * it. Hook points under `name`: `resid_pre`, `ln1`, those of `attn1`, `attn1_out`, `resid_mid1`, `ln2`, those of `attn2`,
 * `attn2_out`, `resid_mid2`, `ln3`, those of `mlp`, `mlp_out`, `resid_post`.
 */
function crossAttentionBlock(
  x: Node,
  name: string,
  { heads, context }: Pick<SpatialTransformerOptions, 'heads' | 'context'>,
): Node {
  const attend = (stream: Node, index: 1 | 2, to?: Node) => {
    const normed = layerNorm(stream, `${name}.norm${index}`, { name: `${name}.ln${index}`, epsilon: 1e-5 });
    const bias = { qkv: false };
    const attended = attention(normed, `${name}.attn${index}`, { heads, bias, context: to });
    return hook(`${name}.resid_mid${index}`, add(stream, hook(`${name}.attn${index}_out`, attended)));
  };
  const middle = attend(attend(hook(`${name}.resid_pre`, x, 'resid'), 1), 2, context);
  const normed = layerNorm(middle, `${name}.norm3`, { name: `${name}.ln3`, epsilon: 1e-5 });
  const perceived = hook(`${name}.mlp_out`, gatedPerceptron(normed, `${name}.ff`, `${name}.mlp`));
  return hook(`${name}.resid_post`, add(middle, perceived));
}

/**
 * a ⊙ GELU(b) for halves a and b of one linear map (Shazeer, "GLU Variants Improve Transformer", 2020), then another. Hook
 * points under `name`: `proj` (a, then b), `pre` (b), `pre_linear` (a), `post`.
 */
function gatedPerceptron(x: Node, tensors: string, name: string): Node {
  const units = 4 * channelsOf(x);
  const both = hook(`${name}.proj`, linear(x, `${tensors}.net.0.proj`, 2 * units));
  const direct = hook(`${name}.pre_linear`, channelRange(both, 0, units));
  const gate = activation(hook(`${name}.pre`, channelRange(both, units, units)), 'gelu');
  const gated = pointwise(direct, { kind: 'geglu', compute: ([a, b]) => tf.mul(a!, b!) }, [gate]);
  return linear(hook(`${name}.post`, gated), `${tensors}.net.2`, channelsOf(x));
}
