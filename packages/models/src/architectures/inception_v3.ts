/**
 * InceptionV3 (Szegedy et al., "Rethinking the Inception Architecture for Computer Vision", 2015),
 * with torchvision's module names as hook points.
 */
import type { Architecture } from '../architecture.ts';
import { avgPool, concat, conv2d, maxPool, relu } from '../blocks/index.ts';
import { hook, type Node } from '../graph.ts';
import type { Extent, WindowPadding } from '../window.ts';

interface ConvOptions {
  stride?: number;
  padding?: WindowPadding;
}

function convRelu(x: Node, name: string, filters: number, size: Extent, options: ConvOptions = {}): Node {
  const preActivation = hook(
    `${name}.pre_relu`,
    conv2d(x, `${name}.conv`, filters, size, { padding: 'same', ...options }),
  );
  return hook(name, relu(preActivation));
}

const halving: ConvOptions = { stride: 2, padding: 'valid' };

function stem(image: Node): Node {
  let x = convRelu(image, 'Conv2d_1a_3x3', 32, 3, halving);
  x = convRelu(x, 'Conv2d_2a_3x3', 32, 3, { padding: 'valid' });
  x = convRelu(x, 'Conv2d_2b_3x3', 64, 3);
  x = hook('maxpool1', maxPool(x, 3, halving));
  x = convRelu(x, 'Conv2d_3b_1x1', 80, 1);
  x = convRelu(x, 'Conv2d_4a_3x3', 192, 3, { padding: 'valid' });
  return hook('maxpool2', maxPool(x, 3, halving));
}

/** 35×35: 1×1, 5×5, two 3×3 and pool. */
function inceptionA(x: Node, name: string, poolFilters: number): Node {
  const branch1x1 = convRelu(x, `${name}.branch1x1`, 64, 1);

  let branch5x5 = convRelu(x, `${name}.branch5x5_1`, 48, 1);
  branch5x5 = convRelu(branch5x5, `${name}.branch5x5_2`, 64, 5);

  let branch3x3dbl = convRelu(x, `${name}.branch3x3dbl_1`, 64, 1);
  branch3x3dbl = convRelu(branch3x3dbl, `${name}.branch3x3dbl_2`, 96, 3);
  branch3x3dbl = convRelu(branch3x3dbl, `${name}.branch3x3dbl_3`, 96, 3);

  const pooled = avgPool(x, 3, { padding: 'same' });
  const branchPool = convRelu(pooled, `${name}.branch_pool`, poolFilters, 1);

  return hook(name, concat([branch1x1, branch5x5, branch3x3dbl, branchPool]));
}

/** 35×35 → 17×17. */
function inceptionB(x: Node, name: string): Node {
  const branch3x3 = convRelu(x, `${name}.branch3x3`, 384, 3, halving);

  let branch3x3dbl = convRelu(x, `${name}.branch3x3dbl_1`, 64, 1);
  branch3x3dbl = convRelu(branch3x3dbl, `${name}.branch3x3dbl_2`, 96, 3);
  branch3x3dbl = convRelu(branch3x3dbl, `${name}.branch3x3dbl_3`, 96, 3, halving);

  const branchPool = hook(`${name}.branch_pool`, maxPool(x, 3, halving));

  return hook(name, concat([branch3x3, branch3x3dbl, branchPool]));
}

/** 17×17: 1×1, one and two 7×7 factored into 1×7 and 7×1, and pool. */
function inceptionC(x: Node, name: string, filters: number): Node {
  const branch1x1 = convRelu(x, `${name}.branch1x1`, 192, 1);

  let branch7x7 = convRelu(x, `${name}.branch7x7_1`, filters, 1);
  branch7x7 = convRelu(branch7x7, `${name}.branch7x7_2`, filters, [1, 7]);
  branch7x7 = convRelu(branch7x7, `${name}.branch7x7_3`, 192, [7, 1]);

  let branch7x7dbl = convRelu(x, `${name}.branch7x7dbl_1`, filters, 1);
  branch7x7dbl = convRelu(branch7x7dbl, `${name}.branch7x7dbl_2`, filters, [7, 1]);
  branch7x7dbl = convRelu(branch7x7dbl, `${name}.branch7x7dbl_3`, filters, [1, 7]);
  branch7x7dbl = convRelu(branch7x7dbl, `${name}.branch7x7dbl_4`, filters, [7, 1]);
  branch7x7dbl = convRelu(branch7x7dbl, `${name}.branch7x7dbl_5`, 192, [1, 7]);

  const pooled = avgPool(x, 3, { padding: 'same' });
  const branchPool = convRelu(pooled, `${name}.branch_pool`, 192, 1);

  return hook(name, concat([branch1x1, branch7x7, branch7x7dbl, branchPool]));
}

/** 17×17 → 8×8. */
function inceptionD(x: Node, name: string): Node {
  let branch3x3 = convRelu(x, `${name}.branch3x3_1`, 192, 1);
  branch3x3 = convRelu(branch3x3, `${name}.branch3x3_2`, 320, 3, halving);

  let branch7x7x3 = convRelu(x, `${name}.branch7x7x3_1`, 192, 1);
  branch7x7x3 = convRelu(branch7x7x3, `${name}.branch7x7x3_2`, 192, [1, 7]);
  branch7x7x3 = convRelu(branch7x7x3, `${name}.branch7x7x3_3`, 192, [7, 1]);
  branch7x7x3 = convRelu(branch7x7x3, `${name}.branch7x7x3_4`, 192, 3, halving);

  const branchPool = hook(`${name}.branch_pool`, maxPool(x, 3, halving));

  return hook(name, concat([branch3x3, branch7x7x3, branchPool]));
}

function stemToMixed7a(image: Node): Node {
  let x = stem(image);
  x = inceptionA(x, 'Mixed_5b', 32);
  x = inceptionA(x, 'Mixed_5c', 64);
  x = inceptionA(x, 'Mixed_5d', 64);
  x = inceptionB(x, 'Mixed_6a');
  x = inceptionC(x, 'Mixed_6b', 128);
  x = inceptionC(x, 'Mixed_6c', 160);
  x = inceptionC(x, 'Mixed_6d', 160);
  x = inceptionC(x, 'Mixed_6e', 192);
  return inceptionD(x, 'Mixed_7a');
}

export const inceptionV3: Architecture = {
  name: 'inception_v3',
  title: 'InceptionV3',
  variants: [
    {
      name: 'tensorflow_2015_trunk',
      description:
        'The 2015-12-05 TensorFlow graph from the stem to Mixed_7a, without classifier; batch norm folded ' +
        'into the convolutions, average pools exclude padding',
      preprocessing: {
        height: 299,
        width: 299,
        channelOrder: 'rgb',
        scale: 255,
        mean: [128, 128, 128],
        std: [128, 128, 128],
        crop: 0.875,
        interpolation: 'bilinear',
      },
      forward: stemToMixed7a,
    },
  ],
};
