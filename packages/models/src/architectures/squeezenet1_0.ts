/**
 * SqueezeNet 1.0 (Iandola et al., "SqueezeNet: AlexNet-level accuracy with 50x fewer parameters", 2016),
 * with torchvision's module names as hook points.
 */
import type { Architecture } from '../architecture.ts';
import { concat, conv2d, globalAvgPool, maxPool, relu } from '../blocks/index.ts';
import { hook, type Node } from '../graph.ts';
import { imagenetPreprocessing } from '../preprocessing.ts';
import type { Extent, WindowPadding } from '../window.ts';

interface ConvOptions {
  stride?: number;
  padding?: WindowPadding;
}

function convRelu(x: Node, name: string, filters: number, size: Extent, options?: ConvOptions): Node {
  return hook(name, relu(hook(`${name}.pre_relu`, conv2d(x, name, filters, size, options))));
}

function pool(x: Node, name: string): Node {
  return hook(name, maxPool(x, 3, { stride: 2, padding: 'ceil' }));
}

function fire(x: Node, name: string, squeezed: number, expanded: number): Node {
  const squeeze = convRelu(x, `${name}.squeeze`, squeezed, 1);
  const expand1x1 = convRelu(squeeze, `${name}.expand1x1`, expanded, 1);
  const expand3x3 = convRelu(squeeze, `${name}.expand3x3`, expanded, 3, { padding: 'same' });
  return hook(name, concat([expand1x1, expand3x3]));
}

function features(image: Node): Node {
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

function classifier(x: Node, padding: WindowPadding): Node {
  return hook('logits', globalAvgPool(convRelu(x, 'classifier.1', 1000, 1, { padding })), 'logits');
}

export const squeezenet1_0: Architecture = {
  name: 'squeezenet1_0',
  title: 'SqueezeNet 1.0',
  variants: [
    {
      name: 'caffe',
      description: "The authors' Caffe release: BGR minus the ImageNet mean, last convolution padded by 1",
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
      forward: (image) => classifier(features(image), [1, 1, 1, 1]),
    },
    {
      name: 'torchvision',
      description: "torchvision's weights: RGB by the ImageNet mean and deviation, last convolution unpadded",
      preprocessing: imagenetPreprocessing,
      forward: (image) => classifier(features(image), 'valid'),
    },
  ],
};
