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

/** Convolutions of each stage. */
const depths = {
  vgg11: [1, 1, 2, 2, 2],
  vgg13: [2, 2, 2, 2, 2],
  vgg16: [2, 2, 3, 3, 3],
  vgg19: [2, 2, 4, 4, 4],
} as const;

const filters = [64, 128, 256, 512, 512];

interface Layer {
  readonly name: string;
  /** Of its first module in torchvision's `features`. */
  readonly index: number;
  /** Undefined for a pool. */
  readonly filters?: number;
}

function layersOf(depth: keyof typeof depths, normalized: boolean): Layer[] {
  const modulesOfConv = normalized ? 3 : 2;
  const layers: Layer[] = [];
  let index = 0;
  depths[depth].forEach((convolutions, stage) => {
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

function forward(image: Node, layers: readonly Layer[], normalized: boolean): Node {
  let x = image;
  for (const layer of layers) {
    x = layer.filters ? conv(x, layer, normalized) : hook(layer.name, maxPool(x, 2, { stride: 2 }));
  }
  x = hook('avgpool', adaptiveAvgPool(x, 7));
  x = linearRelu(flatten(x), 'fc6', 4096, 'classifier.0');
  x = linearRelu(x, 'fc7', 4096, 'classifier.3');
  return hook('logits', linear(x, 'classifier.6', 1000), 'logits');
}

/** torchvision's ReLUs overwrite what they are given. */
function torchvision(layers: readonly Layer[], normalized: boolean): Naming {
  const convolutions = layers.filter(({ filters }) => filters);
  const pools = layers.filter(({ filters }) => !filters);
  const rectified = normalized ? 1 : 0;
  return {
    name: 'torchvision',
    source: (name) => name,
    unneeded: [batchCounters],
    aliases: aliases({
      ...Object.fromEntries(
        convolutions.flatMap(({ name, index }) => [
          ...(normalized ? [[`features.${index}`, `${name}.conv`]] : []),
          [`features.${index + rectified}`, `${name}.pre_relu`],
          [`features.${index + rectified + 1}`, name],
        ]),
      ),
      ...Object.fromEntries(pools.map(({ name, index }) => [`features.${index}`, name])),
      'relu{layer}': 'conv{layer}',
      features: 'pool5',
      'classifier.0': 'fc6.pre_relu',
      'classifier.1': 'fc6',
      'classifier.2': 'fc6',
      'classifier.3': 'fc7.pre_relu',
      'classifier.4': 'fc7',
      'classifier.5': 'fc7',
      'classifier.6': 'logits',
      classifier: 'logits',
    }),
    overwritten: aliases({
      ...Object.fromEntries(convolutions.map(({ name, index }) => [`features.${index + rectified}`, name])),
      'classifier.0': 'fc6',
      'classifier.3': 'fc7',
    }),
  };
}

function variant(depth: keyof typeof depths, normalized: boolean): Variant {
  const layers = layersOf(depth, normalized);
  return {
    name: normalized ? `${depth}_bn` : depth,
    description: `torchvision's weights, ${depth.slice(3)} layers, ${normalized ? 'with' : 'without'} batch norm`,
    preprocessing: imagenetPreprocessing,
    forward: (image) => forward(image, layers, normalized),
    namings: [torchvision(layers, normalized)],
  };
}

export const vgg: Architecture = {
  name: 'vgg',
  title: 'VGG',
  variants: [
    variant('vgg16', false),
    variant('vgg16', true),
    variant('vgg19', false),
    variant('vgg19', true),
    variant('vgg11', false),
    variant('vgg11', true),
    variant('vgg13', false),
    variant('vgg13', true),
  ],
};
