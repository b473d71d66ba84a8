/**
 * The ResNets for CIFAR-10 (He et al., "Deep Residual Learning for Image Recognition", 2015, section 4.2), with
 * shortcuts without weights (option A). Hook points of a block are those of `resnet`.
 */
import type { Architecture, Variant } from '../architecture.ts';
import { add, avgPool, batchNorm, conv2d, globalAvgPool, linear, relu } from '../blocks/index.ts';
import { hook, node, type Node } from '../graph.ts';
import { aliases, batchCounters, type Naming } from '../naming.ts';
import { imagenetPreprocessing } from '../preprocessing.ts';
import { forOtherClasses } from './other-classes.ts';
import { tf } from '@fovea/tensor';

const widths = [16, 32, 64];

function convNorm(x: Node, conv: string, norm: string, filters: number, stride = 1): Node {
  const padding = [1, 1, 1, 1] as const;
  const convolved = hook(conv, conv2d(x, conv, filters, 3, { stride, padding, bias: false }));
  return hook(norm, batchNorm(convolved, norm));
}

/** As many channels of zeros before as after. */
function padChannels(x: Node, channels: number): Node {
  const [height, width, given] = x.shape as [number, number, number];
  const edge = (channels - given) / 2;
  return node(
    {
      kind: 'pad',
      compute: ([value]) =>
        tf.pad(value!, [
          [0, 0],
          [0, 0],
          [0, 0],
          [edge, edge],
        ]),
    },
    [x],
    [height, width, channels],
    { field: x.field },
  );
}

/** What goes past a block: its input, or every second position of it where the block halves. */
function shortcut(x: Node, block: string, filters: number, stride: number): Node {
  const past = stride === 1 ? x : padChannels(avgPool(x, 1, { stride }), filters);
  return hook(`${block}.shortcut`, past, 'shortcut');
}

function basicBlock(x: Node, block: string, filters: number, stride: number): Node {
  const past = shortcut(x, block, filters, stride);
  let y = convNorm(x, `${block}.conv1`, `${block}.bn1`, filters, stride);
  y = hook(`${block}.relu1`, relu(y));
  y = convNorm(y, `${block}.conv2`, `${block}.bn2`, filters);
  return hook(block, relu(hook(`${block}.add`, add(y, past))));
}

function forward(image: Node, depth: number, classes: number): Node {
  let x = hook('relu', relu(convNorm(image, 'conv1', 'bn1', 16)));
  widths.forEach((filters, stage) => {
    for (let block = 0; block < depth; block++) {
      x = basicBlock(x, `layer${stage + 1}.${block}`, filters, stage > 0 && block === 0 ? 2 : 1);
    }
  });
  return hook('logits', linear(hook('avgpool', globalAvgPool(x)), 'fc', classes), 'logits');
}

/** It rectifies into new tensors but adds in place. */
function akamaster(depth: number): Naming {
  return {
    name: 'pytorch_resnet_cifar10',
    source: (name) => name.replace(/^fc\./, 'linear.'),
    unneeded: [batchCounters],
    aliases: aliases({
      'relu.pre_relu': 'bn1',
      '{layer}.{block}.branch': '{layer}.{block}.bn2',
      '{layer}.{block}.pre_relu': '{layer}.{block}.add',
      '{layer}.{block}.relu1.pre_relu': '{layer}.{block}.bn1',
      layer1: `layer1.${depth - 1}`,
      layer2: `layer2.${depth - 1}`,
      layer3: `layer3.${depth - 1}`,
      linear: 'logits',
      fc: 'logits',
    }),
    overwritten: aliases({ '{layer}.{block}.bn2': '{layer}.{block}.add' }),
  };
}

/** @param layers that learn: 6n + 2 for n blocks in each of the three stages */
function variant(layers: number, classes: number): Variant {
  const depth = (layers - 2) / 6;
  return {
    name: `resnet${layers}`,
    description: `The weights for CIFAR-10 of pytorch_resnet_cifar10, ${layers} layers`,
    preprocessing: { ...imagenetPreprocessing, height: 32, width: 32, crop: 1 },
    forward: (image) => forward(image, depth, classes),
    namings: [akamaster(depth)],
  };
}

const published = [20, 32, 44, 56, 110];

function variants(classes: number): [Variant, ...Variant[]] {
  const [smallest, ...others] = published as [number, ...number[]];
  return [variant(smallest, classes), ...others.map((layers) => variant(layers, classes))];
}

export const cifarResnet: Architecture = {
  name: 'cifar_resnet',
  title: 'ResNet for CIFAR-10',
  variants: variants(10),
  configure: forOtherClasses('linear', 10, variants),
};
