/**
 * ConvNeXt (Liu et al., "A ConvNet for the 2020s", 2022) and ConvNeXt V2 (Woo et al., 2023), which normalises
 * responses inside of the perceptron in place of scaling what a block writes.
 *
 * Hook points: `stem.conv`, `stem`; per stage `stages.S.downsample.norm` and `stages.S.downsample`, per block
 * `stages.S.blocks.B` with `resid_pre`, `conv_dw`, `norm` (`.scale`, `.normalized`), `mlp.pre`, `mlp.post`, `mlp.grn`
 * (V2), `mlp_out` (what is added to the stream; V1 has `mlp_out.unscaled` before), `resid_post`; then `pooled`,
 * `ln_final`, `logits`.
 */
import type { Architecture, Variant } from '../architecture.ts';
import {
  activation,
  add,
  conv2d,
  globalAvgPool,
  globalResponseNorm,
  layerNorm,
  layerScale,
  linear,
} from '../blocks/index.ts';
import { channelsOf } from '../blocks/window-node.ts';
import { hook, type Node } from '../graph.ts';
import type { Naming } from '../naming.ts';
import type { Preprocessing } from '../preprocessing.ts';
import { described } from './convnext/described.ts';
import { metaNaming, timmNaming, torchvisionNaming } from './convnext/namings.ts';
import { publishedConvNexts } from './convnext/published.ts';
import type { ConvNextSize } from './convnext/size.ts';

function draw(image: Node, size: ConvNextSize): Node {
  const { depths, widths, patch, epsilon, finalEpsilon, classes } = size;
  const patches = hook('stem.conv', conv2d(image, 'stem.0', widths[0]!, patch, { stride: patch }));
  let x = layerNorm(patches, 'stem.1', { name: 'stem', epsilon });
  depths.forEach((depth, stage) => {
    if (stage > 0) x = downsample(x, `stages.${stage}.downsample`, widths[stage]!, epsilon);
    for (let each = 0; each < depth; each++) x = block(x, `stages.${stage}.blocks.${each}`, size);
  });
  const pooled = hook('pooled', globalAvgPool(x));
  const normalized = layerNorm(pooled, 'head.norm', { name: 'ln_final', epsilon: finalEpsilon });
  return classes > 0 ? hook('logits', linear(normalized, 'head.fc', classes), 'logits') : normalized;
}

function downsample(x: Node, name: string, width: number, epsilon: number): Node {
  const normalized = layerNorm(x, `${name}.0`, { name: `${name}.norm`, epsilon });
  return hook(name, conv2d(normalized, `${name}.1`, width, 2, { stride: 2 }));
}

function block(x: Node, name: string, size: ConvNextSize): Node {
  const width = channelsOf(x);
  const before = hook(`${name}.resid_pre`, x, 'resid');
  const convolved = conv2d(before, `${name}.conv_dw`, width, 7, { padding: 'same', groups: width });
  const normalized = layerNorm(hook(`${name}.conv_dw`, convolved), `${name}.norm`, { epsilon: size.epsilon });
  const pre = hook(`${name}.mlp.pre`, linear(normalized, `${name}.mlp.fc1`, 4 * width));
  const post = hook(`${name}.mlp.post`, activation(pre, size.activation));
  const read = size.responseNorm
    ? hook(`${name}.mlp.grn`, globalResponseNorm(post, `${name}.mlp.grn`))
    : post;
  const perceived = linear(read, `${name}.mlp.fc2`, width);
  const written = size.layerScale
    ? layerScale(hook(`${name}.mlp_out.unscaled`, perceived), `${name}.gamma`)
    : perceived;
  return hook(`${name}.resid_post`, add(before, hook(`${name}.mlp_out`, written)));
}

function variant(
  name: string,
  description: string,
  size: ConvNextSize,
  preprocessing: Preprocessing,
  namings: readonly [Naming, ...Naming[]],
): Variant {
  return { name, description, preprocessing, forward: (image) => draw(image, size), namings };
}

const published = publishedConvNexts.map(({ name, description, size, preprocessing, pointwise }) =>
  variant(name, description, size, preprocessing, [
    timmNaming(size, pointwise),
    torchvisionNaming(size),
    metaNaming(size),
  ]),
);

export const convnext: Architecture = {
  name: 'convnext',
  title: 'ConvNeXt',
  variants: published as [Variant, ...Variant[]],
  configure(checkpoint) {
    const found = described(checkpoint);
    return found && variant(found.name, found.description, found.size, found.preprocessing, [found.naming]);
  },
};
