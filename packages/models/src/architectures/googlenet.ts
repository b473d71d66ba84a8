/**
 * GoogLeNet (Szegedy et al., "Going Deeper with Convolutions", 2014) as torchvision has it, with its module
 * names as hook points: batch norm instead of local response norm, 1000 classes, and 3×3 convolutions where the
 * article has 5×5.
 */
import type { Architecture, Variant } from '../architecture.ts';
import { concat, convNormRelu, globalAvgPool, linear, maxPool } from '../blocks/index.ts';
import { hook, type Node } from '../graph.ts';
import { aliases, batchCounters, type Naming } from '../naming.ts';
import { symmetricPreprocessing } from '../preprocessing.ts';
import { forOtherClasses } from './other-classes.ts';

function conv(x: Node, name: string, filters: number, size: number, stride = 1): Node {
  const edge = (size - 1) / 2;
  return convNormRelu(x, name, filters, size, { stride, padding: [edge, edge, edge, edge], epsilon: 1e-3 });
}

function halve(x: Node, name: string, size: number): Node {
  return hook(name, maxPool(x, size, { stride: 2, padding: 'ceil' }));
}

/** [1×1, reduction before 3×3, 3×3, reduction before the second 3×3, the second 3×3, after the pool] */
type Filters = readonly [number, number, number, number, number, number];

function inception(x: Node, name: string, filters: Filters): Node {
  const [by1x1, to3x3, by3x3, toSecond3x3, bySecond3x3, fromPool] = filters;
  const branch1 = conv(x, `${name}.branch1`, by1x1, 1);

  let branch2 = conv(x, `${name}.branch2.0`, to3x3, 1);
  branch2 = conv(branch2, `${name}.branch2.1`, by3x3, 3);

  let branch3 = conv(x, `${name}.branch3.0`, toSecond3x3, 1);
  branch3 = conv(branch3, `${name}.branch3.1`, bySecond3x3, 3);

  let branch4 = hook(`${name}.branch4.0`, maxPool(x, 3, { padding: 'same' }));
  branch4 = conv(branch4, `${name}.branch4.1`, fromPool, 1);

  return hook(name, concat([branch1, branch2, branch3, branch4]));
}

function forward(image: Node, classes: number): Node {
  let x = conv(image, 'conv1', 64, 7, 2);
  x = halve(x, 'maxpool1', 3);
  x = conv(x, 'conv2', 64, 1);
  x = conv(x, 'conv3', 192, 3);
  x = halve(x, 'maxpool2', 3);
  x = inception(x, 'inception3a', [64, 96, 128, 16, 32, 32]);
  x = inception(x, 'inception3b', [128, 128, 192, 32, 96, 64]);
  x = halve(x, 'maxpool3', 3);
  x = inception(x, 'inception4a', [192, 96, 208, 16, 48, 64]);
  x = inception(x, 'inception4b', [160, 112, 224, 24, 64, 64]);
  x = inception(x, 'inception4c', [128, 128, 256, 24, 64, 64]);
  x = inception(x, 'inception4d', [112, 144, 288, 32, 64, 64]);
  x = inception(x, 'inception4e', [256, 160, 320, 32, 128, 128]);
  x = halve(x, 'maxpool4', 2);
  x = inception(x, 'inception5a', [256, 160, 320, 32, 128, 128]);
  x = inception(x, 'inception5b', [384, 192, 384, 48, 128, 128]);
  const pooled = hook('avgpool', globalAvgPool(x));
  return hook('logits', linear(pooled, 'fc', classes), 'logits');
}

const torchvision: Naming = {
  name: 'torchvision',
  source: (name) => name,
  unneeded: [batchCounters, /^aux[12]\./],
  aliases: aliases({
    '{conv}.bn': '{conv}.pre_relu',
    '{block}.{branch}.bn': '{block}.{branch}.pre_relu',
    '{block}.{branch}.{conv}.bn': '{block}.{branch}.{conv}.pre_relu',
    '{block}.branch2': '{block}.branch2.1',
    '{block}.branch3': '{block}.branch3.1',
    '{block}.branch4': '{block}.branch4.1',
    dropout: 'avgpool',
    fc: 'logits',
  }),
  overwritten: aliases({
    '{conv}.bn': '{conv}',
    '{block}.{branch}.bn': '{block}.{branch}',
    '{block}.{branch}.{conv}.bn': '{block}.{branch}.{conv}',
  }),
};

function variant(classes: number): Variant {
  return {
    name: 'googlenet',
    description: "torchvision's weights, which expect [-1, 1]; the auxiliary classifiers are left out",
    preprocessing: symmetricPreprocessing,
    forward: (image) => forward(image, classes),
    namings: [torchvision],
  };
}

export const googlenet: Architecture = {
  name: 'googlenet',
  title: 'GoogLeNet',
  variants: [variant(1000)],
  configure: forOtherClasses('fc', 1000, (classes) => [variant(classes)]),
};
