/**
 * AlexNet (Krizhevsky, "One weird trick for parallelizing convolutional neural networks", 2014), as torchvision
 * has it: one column, without local response norm.
 */
import type { Architecture, Variant } from '../architecture.ts';
import { adaptiveAvgPool, convRelu, flatten, linear, linearRelu, maxPool } from '../blocks/index.ts';
import { hook, type Node } from '../graph.ts';
import { aliases, type Naming } from '../naming.ts';
import { imagenetPreprocessing } from '../preprocessing.ts';
import { forOtherClasses } from './other-classes.ts';

function pool(x: Node, name: string): Node {
  return hook(name, maxPool(x, 3, { stride: 2 }));
}

function forward(image: Node, classes: number): Node {
  let x = convRelu(image, 'conv1', 64, 11, { tensors: 'features.0', stride: 4, padding: [2, 2, 2, 2] });
  x = pool(x, 'pool1');
  x = convRelu(x, 'conv2', 192, 5, { tensors: 'features.3', padding: 'same' });
  x = pool(x, 'pool2');
  x = convRelu(x, 'conv3', 384, 3, { tensors: 'features.6', padding: 'same' });
  x = convRelu(x, 'conv4', 256, 3, { tensors: 'features.8', padding: 'same' });
  x = convRelu(x, 'conv5', 256, 3, { tensors: 'features.10', padding: 'same' });
  x = pool(x, 'pool5');
  x = hook('avgpool', adaptiveAvgPool(x, 6));
  x = linearRelu(flatten(x), 'fc6', 4096, 'classifier.1');
  x = linearRelu(x, 'fc7', 4096, 'classifier.4');
  return hook('logits', linear(x, 'classifier.6', classes), 'logits');
}

const torchvision: Naming = {
  name: 'torchvision',
  source: (name) => name,
  aliases: aliases({
    'features.0': 'conv1.pre_relu',
    'features.1': 'conv1',
    'features.2': 'pool1',
    'features.3': 'conv2.pre_relu',
    'features.4': 'conv2',
    'features.5': 'pool2',
    'features.6': 'conv3.pre_relu',
    'features.7': 'conv3',
    'features.8': 'conv4.pre_relu',
    'features.9': 'conv4',
    'features.10': 'conv5.pre_relu',
    'features.11': 'conv5',
    'features.12': 'pool5',
    features: 'pool5',
    'classifier.0': 'avgpool',
    'classifier.1': 'fc6.pre_relu',
    'classifier.2': 'fc6',
    'classifier.3': 'fc6',
    'classifier.4': 'fc7.pre_relu',
    'classifier.5': 'fc7',
    'classifier.6': 'logits',
    classifier: 'logits',
  }),
  overwritten: aliases({
    'features.0': 'conv1',
    'features.3': 'conv2',
    'features.6': 'conv3',
    'features.8': 'conv4',
    'features.10': 'conv5',
    'classifier.1': 'fc6',
    'classifier.4': 'fc7',
  }),
};

function variant(classes: number): Variant {
  return {
    name: 'alexnet',
    description: "torchvision's weights",
    preprocessing: imagenetPreprocessing,
    forward: (image) => forward(image, classes),
    namings: [torchvision],
  };
}

export const alexnet: Architecture = {
  name: 'alexnet',
  title: 'AlexNet',
  variants: [variant(1000)],
  configure: forOtherClasses('classifier.6', 1000, (classes) => [variant(classes)]),
};
