/**
 * ResNet (He et al., "Deep Residual Learning for Image Recognition", 2015), with its wide (Zagoruyko and
 * Komodakis, 2016) and grouped (ResNeXt, Xie et al., 2016) forms. As in torchvision, timm and transformers, a
 * bottleneck that halves does so in its 3×3 convolution.
 *
 * Hook points of a block, here layer2.0: `shortcut`, what goes past it; conv1, bn1, relu1, conv2, bn2, and in
 * bottlenecks relu2, conv3, bn3, of which the last bn is what the block writes; `add`, the sum before its ReLU;
 * and layer2.0 itself, after it.
 */
import { isDeepStrictEqual } from 'node:util';
import type { Architecture, Variant } from '../architecture.ts';
import { add, batchNorm, conv2d, globalAvgPool, linear, maxPool, relu } from '../blocks/index.ts';
import { hook, type Node } from '../graph.ts';
import { imagenetPreprocessing } from '../preprocessing.ts';
import { configuredPlan } from './resnet/configured.ts';
import { namingsOf } from './resnet/namings.ts';
import { publishedPlans, type Plan, type Stage } from './resnet/plan.ts';

function stem(image: Node, channels: number): Node {
  const padding = [3, 3, 3, 3] as const;
  let x = hook('conv1', conv2d(image, 'conv1', channels, 7, { stride: 2, padding, bias: false }));
  x = hook('bn1', batchNorm(x, 'bn1'));
  x = hook('relu', relu(x));
  return hook('maxpool', maxPool(x, 3, { stride: 2, padding: [1, 1, 1, 1] }));
}

interface ConvOptions {
  readonly size: 1 | 3;
  readonly stride?: number;
  readonly groups?: number;
}

/** A convolution of a block and its batch norm. */
function convNorm(x: Node, block: string, index: number, filters: number, options: ConvOptions): Node {
  const { size, stride, groups } = options;
  const edge = (size - 1) / 2;
  const padding = [edge, edge, edge, edge] as const;
  const name = `${block}.conv${index}`;
  const convolved = hook(name, conv2d(x, name, filters, size, { stride, groups, padding, bias: false }));
  return hook(`${block}.bn${index}`, batchNorm(convolved, `${block}.bn${index}`));
}

function rectified(x: Node, block: string, index: number): Node {
  return hook(`${block}.relu${index}`, relu(x));
}

/** What goes past a block: its input, or a projection of it where the block changes its shape. */
function shortcut(x: Node, block: string, filters: number, stride: number): Node {
  const name = `${block}.shortcut`;
  if (stride === 1 && x.shape.at(-1) === filters) return hook(name, x, 'shortcut');
  const projected = conv2d(x, `${block}.downsample.0`, filters, 1, { stride, bias: false });
  return hook(name, batchNorm(hook(`${name}.conv`, projected), `${block}.downsample.1`));
}

function written(x: Node, block: string, { width, bottleneck, groups }: Stage, stride: number): Node {
  if (bottleneck === undefined) {
    const first = rectified(convNorm(x, block, 1, width, { size: 3, stride }), block, 1);
    return convNorm(first, block, 2, width, { size: 3 });
  }
  const narrow = rectified(convNorm(x, block, 1, bottleneck, { size: 1 }), block, 1);
  const convolved = convNorm(narrow, block, 2, bottleneck, { size: 3, stride, groups });
  return convNorm(rectified(convolved, block, 2), block, 3, width, { size: 1 });
}

function residualBlock(x: Node, block: string, stage: Stage, stride: number): Node {
  const past = shortcut(x, block, stage.width, stride);
  const sum = hook(`${block}.add`, add(written(x, block, stage, stride), past));
  return hook(block, relu(sum));
}

function forward(image: Node, plan: Plan): Node {
  let x = stem(image, plan.stem);
  plan.stages.forEach((stage, index) => {
    for (let block = 0; block < stage.depth; block++) {
      const stride = index > 0 && block === 0 ? 2 : 1;
      x = residualBlock(x, `layer${index + 1}.${block}`, stage, stride);
    }
  });
  return hook('logits', linear(hook('avgpool', globalAvgPool(x)), 'fc', plan.classes), 'logits');
}

function variant(name: string, description: string, plan: Plan): Variant {
  return {
    name,
    description,
    preprocessing: imagenetPreprocessing,
    forward: (image) => forward(image, plan),
    namings: namingsOf(plan),
  };
}

const published = Object.entries(publishedPlans).map(([name, plan]) =>
  variant(name, 'Weights for ImageNet of torchvision, timm or transformers', plan),
);

/** Named as the published network that differs in the number of classes only, if there is one. */
function configured(plan: Plan): Variant | undefined {
  const like = Object.entries(publishedPlans).find(([, { stem, stages }]) =>
    isDeepStrictEqual({ stem, stages }, { stem: plan.stem, stages: plan.stages }),
  );
  if (like?.[1].classes === plan.classes) return undefined;
  return variant(like?.[0] ?? 'resnet', 'Of the sizes of its checkpoint', plan);
}

export const resnet: Architecture = {
  name: 'resnet',
  title: 'ResNet',
  variants: published as [Variant, ...Variant[]],
  configure(description) {
    const plan = configuredPlan(description);
    return plan && configured(plan);
  },
};
