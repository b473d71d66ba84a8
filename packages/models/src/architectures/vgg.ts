/**
 * VGG (Simonyan and Zisserman, "Very Deep Convolutional Networks for Large-Scale Image Recognition", 2014) with
 * 11, 13, 16 or 19 layers that learn, with and without batch norm. Hook points have the article's and Caffe's
 * names: conv3_2 is the second convolution of the third stage, after its ReLU.
 */
import type { Architecture, Variant } from '../architecture.ts';
import {
  adaptiveAvgPool,
  batchNorm,
  conv2d,
  flatten,
  linear,
  linearRelu,
  maxPool,
  relu,
} from '../blocks/index.ts';
import { hook, type Node } from '../graph.ts';
import { aliases, batchCounters, type Naming } from '../naming.ts';
import { imagenetPreprocessing } from '../preprocessing.ts';
import { forOtherClasses } from './other-classes.ts';

interface Plan {
  /** Convolutions of each stage. */
  readonly depths: readonly number[];
  /** Channels of each stage. */
  readonly filters: readonly number[];
  /** Units of fc6 and fc7. */
  readonly hidden: number;
  readonly classes: number;
  readonly normalized: boolean;
}

const depths = {
  vgg16: [2, 2, 3, 3, 3],
  vgg19: [2, 2, 4, 4, 4],
  vgg11: [1, 1, 2, 2, 2],
  vgg13: [2, 2, 2, 2, 2],
};

const published = { filters: [64, 128, 256, 512, 512], hidden: 4096 };

interface Layer {
  readonly name: string;
  /** Of its first module in torchvision's `features`. */
  readonly index: number;
  /** Undefined for a pool. */
  readonly filters?: number;
}

function layersOf({ depths, filters, normalized }: Plan): Layer[] {
  const modulesOfConv = normalized ? 3 : 2;
  const layers: Layer[] = [];
  let index = 0;
  depths.forEach((convolutions, stage) => {
    for (let each = 1; each <= convolutions; each++) {
      layers.push({ name: `conv${stage + 1}_${each}`, index, filters: filters[stage]! });
      index += modulesOfConv;
    }
    layers.push({ name: `pool${stage + 1}`, index });
    index += 1;
  });
  return layers;
}

function conv(x: Node, { name, index, filters }: Layer, normalized: boolean): Node {
  let value = conv2d(x, `features.${index}`, filters!, 3, { padding: 'same' });
  if (normalized) value = batchNorm(hook(`${name}.conv`, value), `features.${index + 1}`);
  return hook(name, relu(hook(`${name}.pre_relu`, value)));
}

function forward(image: Node, plan: Plan): Node {
  let x = image;
  for (const layer of layersOf(plan)) {
    x = layer.filters ? conv(x, layer, plan.normalized) : hook(layer.name, maxPool(x, 2, { stride: 2 }));
  }
  x = hook('avgpool', adaptiveAvgPool(x, 7));
  x = linearRelu(flatten(x), 'fc6', plan.hidden, 'classifier.0');
  x = linearRelu(x, 'fc7', plan.hidden, 'classifier.3');
  return hook('logits', linear(x, 'classifier.6', plan.classes), 'logits');
}

/** torchvision's ReLUs overwrite what they are given. */
function torchvision(plan: Plan): Naming {
  const features: Record<string, string> = {};
  const overwritten: Record<string, string> = {};
  for (const { name, index, filters } of layersOf(plan)) {
    if (!filters) {
      features[`features.${index}`] = name;
      continue;
    }
    const relu = index + (plan.normalized ? 2 : 1);
    if (plan.normalized) features[`features.${index}`] = `${name}.conv`;
    features[`features.${relu - 1}`] = `${name}.pre_relu`;
    features[`features.${relu}`] = name;
    overwritten[`features.${relu - 1}`] = name;
  }
  return {
    name: 'torchvision',
    source: (name) => name,
    unneeded: [batchCounters],
    aliases: aliases({
      ...features,
      features: `pool${plan.depths.length}`,
      'classifier.0': 'fc6.pre_relu',
      'classifier.1': 'fc6',
      'classifier.2': 'fc6',
      'classifier.3': 'fc7.pre_relu',
      'classifier.4': 'fc7',
      'classifier.5': 'fc7',
      'classifier.6': 'logits',
      classifier: 'logits',
      'relu{layer}': 'conv{layer}',
    }),
    overwritten: aliases({ ...overwritten, 'classifier.0': 'fc6', 'classifier.3': 'fc7' }),
  };
}

/** @param plan of a network that was not published, for instance one that is small */
export function vggVariant(name: string, description: string, plan: Plan): Variant {
  return {
    name,
    description,
    preprocessing: imagenetPreprocessing,
    forward: (image) => forward(image, plan),
    namings: [torchvision(plan)],
  };
}

function variants(classes: number): [Variant, ...Variant[]] {
  const all = Object.entries(depths).flatMap(([name, depths]) => {
    const plain = { ...published, depths, classes, normalized: false };
    return [
      vggVariant(name, "torchvision's weights, without batch norm", plain),
      vggVariant(`${name}_bn`, "torchvision's weights, with batch norm", { ...plain, normalized: true }),
    ];
  });
  return all as [Variant, ...Variant[]];
}

export const vgg: Architecture = {
  name: 'vgg',
  title: 'VGG',
  variants: variants(1000),
  configure: forOtherClasses('classifier.6', 1000, variants),
};
