/**
 * A small diffusion transformer for MNIST (github.com/sofia-dominguezc/MNIST-diffusion, MIT): from a noisy digit
 * x_t = t · x_1 + (1 − t) · noise, the time t in [0, 1] and a class it tells the clean digit x_1. The velocity of
 * flow matching follows: v = (x_1 − x_t) / (1 − t).
 *
 * Patches of 7 × 7 are tokens; two tokens each for time and class stand behind them. Class 10 stands for none.
 */
import { tf } from '@fovea/tensor';
import type { Architecture, Variant } from '../architecture.ts';
import {
  add,
  addPositionEmbedding,
  attention,
  conv2d,
  layerNorm,
  mlp,
  takePositions,
  toImage,
  toTokens,
  sinusoid,
  transposedConv2d,
} from '../blocks/index.ts';
import { hook, node, type Node } from '../graph.ts';
import type { Naming, Source } from '../naming.ts';
import { fusedSource } from './renaming.ts';

const width = 64;
const patch = 7;
const layers = 4;
const heads = 4;
const classes = 10;

/** Of time, and of class. */
const tokensEach = 2;

function draw(image: Node, time: Node, label: Node): Node {
  const patches = hook('patch_embed', conv2d(image, 'patch_embed', width, patch, { stride: patch }));
  const placed = addPositionEmbedding(hook('embed', toTokens(patches)), 'pos_embed', 'pos_embed');
  const waves = sinusoid(time, { channels: tokensEach * width, shift: 1, first: 'sin' });
  const timeTokens = hook('time_embed', asTokens(waves));
  const classTokens = hook('class_embed', asTokens(classEmbedding(label)));
  let x = hook('full_embed', joined([placed, timeTokens, classTokens]));
  for (let layer = 0; layer < layers; layer++) x = block(x, `blocks.${layer}`);
  const images = toImage(takePositions(x, 0, placed.shape[0]!), patches);
  return hook('denoised', transposedConv2d(images, 'unpatch', 1, patch), 'conv');
}

/**
 * PyTorch's TransformerEncoderLayer: what a part writes is added, and the sum normalised. Hook points under `name` as for
 * other transformers; `ln1` and `ln2` are what the next part reads.
 */
function block(x: Node, name: string): Node {
  const before = hook(`${name}.resid_pre`, x, 'resid');
  const attended = hook(`${name}.attn_out`, attention(before, `${name}.attn`, { heads }));
  const epsilon = 1e-5;
  const middle = layerNorm(hook(`${name}.resid_mid`, add(before, attended)), `${name}.norm1`, {
    name: `${name}.ln1`,
    epsilon,
  });
  const perceived = mlp(middle, `${name}.mlp`, { mlpWidth: 4 * width, activation: 'gelu' });
  const after = hook(`${name}.resid_post`, add(middle, hook(`${name}.mlp_out`, perceived)));
  return layerNorm(after, `${name}.norm2`, { name: `${name}.ln2`, epsilon });
}

/** A row of the table for each class: [] → [tokensEach · width]. */
function classEmbedding(label: Node): Node {
  const table = { name: 'class_embed.weight', shape: [classes + 1, tokensEach * width] };
  return node(
    {
      kind: 'embedding',
      tensors: [table],
      compute: ([value], { weights }) => tf.gather(weights.get(table.name)!, value!.toInt()),
    },
    [label],
    [tokensEach * width],
  );
}

/** [tokensEach · width] → [tokensEach, width]. */
function asTokens(x: Node): Node {
  return node(
    { kind: 'tokens', compute: ([value]) => value!.reshape([-1, tokensEach, width]) },
    [x],
    [tokensEach, width],
  );
}

/** Along positions. */
function joined(values: readonly Node[]): Node {
  const positions = values.reduce((sum, { shape }) => sum + shape[0]!, 0);
  return node({ kind: 'concat', compute: (inputs) => tf.concat([...inputs], 1) }, values, [positions, width]);
}

function source(name: string, shape: readonly number[]): string | Source {
  if (name === 'pos_embed') return { name, shape: [1, ...shape] };
  const stored = name
    .replace(/^blocks/, 'transformer')
    .replace('.attn.out.', '.self_attn.out_proj.')
    .replace(/\.mlp\.fc(\d)\./, '.linear$1.')
    .replace(/^class_embed/, 'y_encoder');
  const projection = /^(.*)\.attn\.([qkv])\.(weight|bias)$/.exec(stored);
  if (!projection) return stored;
  const [, block, part, kind] = projection;
  return fusedSource(`${block}.self_attn.in_proj_${kind}`, part!, shape);
}

const naming: Naming = {
  name: 'MNIST-diffusion',
  source,
  aliases: [
    { module: 'transformer.{n}', hook: 'blocks.{n}.ln2' },
    { module: 'transformer.{n}.self_attn', hook: 'blocks.{n}.attn_out' },
    { module: 'transformer.{n}.norm1', hook: 'blocks.{n}.ln1' },
    { module: 'transformer.{n}.norm2', hook: 'blocks.{n}.ln2' },
    { module: 'transformer.{n}.linear1', hook: 'blocks.{n}.mlp.pre' },
    { module: 'transformer.{n}.linear2', hook: 'blocks.{n}.mlp_out' },
    { module: 'transformer', hook: `blocks.${layers - 1}.ln2` },
    { module: 'y_encoder', hook: 'class_embed' },
    { module: 'unpatch', hook: 'denoised' },
  ],
};

const variant: Variant = {
  name: 'dit_mnist',
  description: 'Trained on MNIST with pixels in [0, 1], by classifier-free guidance',
  preprocessing: {
    height: 28,
    width: 28,
    channelOrder: 'rgb',
    scale: 1,
    mean: [0],
    std: [1],
    crop: 1,
    interpolation: 'bilinear',
  },
  otherInputs: [
    { name: 'time', shape: [], axes: [], dtype: 'float32' },
    { name: 'class', shape: [], axes: [], dtype: 'int32' },
  ],
  forward: (image, { time, class: label }) => draw(image, time!, label!),
  namings: [naming],
};

export const ditMnist: Architecture = {
  name: 'dit_mnist',
  title: 'Diffusion transformer for MNIST',
  variants: [variant],
};
