/**
 * SqueezeNet (Iandola et al., "SqueezeNet: AlexNet-level accuracy with 50x fewer parameters", 2016),
 * with torchvision's module names as hook points.
 */
import type { Architecture, Variant } from '../architecture.ts';
import { concat, convRelu, globalAvgPool, maxPool } from '../blocks/index.ts';
import { hook, type Node } from '../graph.ts';
import { aliases, type Naming } from '../naming.ts';
import { imagenetPreprocessing } from '../preprocessing.ts';
import type { WindowPadding } from '../window.ts';
import { forOtherClasses } from './other-classes.ts';

function pool(x: Node, name: string): Node {
  return hook(name, maxPool(x, 3, { stride: 2, padding: 'ceil' }));
}

function fire(x: Node, name: string, squeezed: number, expanded: number): Node {
  const squeeze = convRelu(x, `${name}.squeeze`, squeezed, 1);
  const expand1x1 = convRelu(squeeze, `${name}.expand1x1`, expanded, 1);
  const expand3x3 = convRelu(squeeze, `${name}.expand3x3`, expanded, 3, { padding: 'same' });
  return hook(name, concat([expand1x1, expand3x3]));
}

function features1_0(image: Node): Node {
  let x = convRelu(image, 'features.0', 96, 7, { stride: 2 });
  x = pool(x, 'features.2');
  x = fire(x, 'features.3', 16, 64);
  x = fire(x, 'features.4', 16, 64);
  x = fire(x, 'features.5', 32, 128);
  x = pool(x, 'features.6');
  x = fire(x, 'features.7', 32, 128);
  x = fire(x, 'features.8', 48, 192);
  x = fire(x, 'features.9', 48, 192);
  x = fire(x, 'features.10', 64, 256);
  x = pool(x, 'features.11');
  return fire(x, 'features.12', 64, 256);
}

/** Pools earlier, for the same accuracy with fewer operations. */
function features1_1(image: Node): Node {
  let x = convRelu(image, 'features.0', 64, 3, { stride: 2 });
  x = pool(x, 'features.2');
  x = fire(x, 'features.3', 16, 64);
  x = fire(x, 'features.4', 16, 64);
  x = pool(x, 'features.5');
  x = fire(x, 'features.6', 32, 128);
  x = fire(x, 'features.7', 32, 128);
  x = pool(x, 'features.8');
  x = fire(x, 'features.9', 48, 192);
  x = fire(x, 'features.10', 48, 192);
  x = fire(x, 'features.11', 64, 256);
  return fire(x, 'features.12', 64, 256);
}

function classifier(x: Node, classes: number, padding: WindowPadding = 'valid'): Node {
  return hook('logits', globalAvgPool(convRelu(x, 'classifier.1', classes, 1, { padding })), 'logits');
}

/** Its ReLUs overwrite the convolutions' outputs, so those names stand for the same value there as here. */
const torchvision: Naming = {
  name: 'torchvision',
  source: (name) => name,
  aliases: aliases({
    'features.1': 'features.0',
    'features.{index}.squeeze_activation': 'features.{index}.squeeze',
    'features.{index}.expand1x1_activation': 'features.{index}.expand1x1',
    'features.{index}.expand3x3_activation': 'features.{index}.expand3x3',
    features: 'features.12',
    'classifier.0': 'features.12',
    'classifier.2': 'classifier.1',
    'classifier.3': 'logits',
    classifier: 'logits',
  }),
};

function variants(classes: number): [Variant, Variant, Variant] {
  return [
    {
      name: 'squeezenet1_0',
      description: "SqueezeNet 1.0 with torchvision's weights: RGB by the ImageNet mean and deviation",
      preprocessing: imagenetPreprocessing,
      forward: (image) => classifier(features1_0(image), classes),
      namings: [torchvision],
    },
    {
      name: 'squeezenet1_0_caffe',
      description:
        "SqueezeNet 1.0 as its authors' Caffe release: BGR minus the ImageNet mean, last convolution padded by 1",
      preprocessing: {
        height: 227,
        width: 227,
        channelOrder: 'bgr',
        scale: 255,
        mean: [104, 117, 123],
        std: [1, 1, 1],
        crop: 1,
        interpolation: 'bilinear',
      },
      forward: (image) => classifier(features1_0(image), classes, [1, 1, 1, 1]),
      namings: [torchvision],
    },
    {
      name: 'squeezenet1_1',
      description: "SqueezeNet 1.1 with torchvision's weights",
      preprocessing: imagenetPreprocessing,
      forward: (image) => classifier(features1_1(image), classes),
      namings: [torchvision],
    },
  ];
}

export const squeezenet: Architecture = {
  name: 'squeezenet',
  title: 'SqueezeNet',
  variants: variants(1000),
  configure: forOtherClasses('classifier.1', 1000, variants),
};
