/**
 * The default network: InceptionV1 (Szegedy et al., "Going Deeper with Convolutions", 2014) made small, with
 * its layer names. Trained on the `procedural` data set by `fovea train default`; see docs/default-network.md.
 */
import type { Architecture } from '../architecture.ts';
import { concat, convRelu, globalAvgPool, linear, maxPool } from '../blocks/index.ts';
import { hook, type Node } from '../graph.ts';

const CLASSES = 27;

function conv(x: Node, name: string, filters: number, size: number, stride = 1): Node {
  return convRelu(x, name, filters, size, { stride, padding: 'same' });
}

function halve(x: Node, name: string): Node {
  return hook(name, maxPool(x, 3, { stride: 2, padding: 'same' }));
}

/** Filters of an inception module's convolutions; `reduce` are the 1×1 convolutions before the larger ones. */
interface Filters {
  readonly branch1x1: number;
  readonly reduce3x3: number;
  readonly branch3x3: number;
  readonly reduce5x5: number;
  readonly branch5x5: number;
  readonly branchPool: number;
}

function inception(x: Node, name: string, filters: Filters): Node {
  const branch1x1 = conv(x, `${name}.branch1x1`, filters.branch1x1, 1);

  let branch3x3 = conv(x, `${name}.branch3x3_reduce`, filters.reduce3x3, 1);
  branch3x3 = conv(branch3x3, `${name}.branch3x3`, filters.branch3x3, 3);

  let branch5x5 = conv(x, `${name}.branch5x5_reduce`, filters.reduce5x5, 1);
  branch5x5 = conv(branch5x5, `${name}.branch5x5`, filters.branch5x5, 5);

  const pooled = maxPool(x, 3, { padding: 'same' });
  const branchPool = conv(pooled, `${name}.branch_pool`, filters.branchPool, 1);

  return hook(name, concat([branch1x1, branch3x3, branch5x5, branchPool]));
}

function forward(image: Node): Node {
  let x = conv(image, 'conv2d0', 24, 7, 2);
  x = halve(x, 'maxpool0');
  x = conv(x, 'conv2d1', 24, 1);
  x = conv(x, 'conv2d2', 48, 3);
  x = inception(x, 'mixed3a', {
    branch1x1: 24,
    reduce3x3: 24,
    branch3x3: 32,
    reduce5x5: 8,
    branch5x5: 12,
    branchPool: 12,
  });
  x = inception(x, 'mixed3b', {
    branch1x1: 32,
    reduce3x3: 32,
    branch3x3: 48,
    reduce5x5: 8,
    branch5x5: 16,
    branchPool: 16,
  });
  x = halve(x, 'maxpool1');
  x = inception(x, 'mixed4a', {
    branch1x1: 40,
    reduce3x3: 40,
    branch3x3: 72,
    reduce5x5: 8,
    branch5x5: 24,
    branchPool: 24,
  });
  x = inception(x, 'mixed4b', {
    branch1x1: 48,
    reduce3x3: 48,
    branch3x3: 96,
    reduce5x5: 12,
    branch5x5: 32,
    branchPool: 32,
  });
  return hook('logits', linear(hook('avgpool', globalAvgPool(x)), 'fc', CLASSES), 'logits');
}

export const foveaMini: Architecture = {
  name: 'fovea_mini',
  title: 'Fovea mini',
  variants: [
    {
      name: 'procedural',
      description: 'Trained by this project on its procedural images, 64 × 64; [0, 1] becomes [-2, 2]',
      preprocessing: {
        height: 64,
        width: 64,
        channelOrder: 'rgb',
        scale: 1,
        mean: [0.5, 0.5, 0.5],
        std: [0.25, 0.25, 0.25],
        crop: 1,
        interpolation: 'bicubic',
      },
      forward,
    },
  ],
};
