/**
 * InceptionV3 (Szegedy et al., "Rethinking the Inception Architecture for Computer Vision", 2015),
 * with torchvision's module names as hook points.
 */
import type { Architecture, Variant } from '../architecture.ts';
import {
  avgPool,
  avgPoolWithPadding,
  concat,
  convNormRelu,
  convRelu,
  globalAvgPool,
  linear,
  maxPool,
} from '../blocks/index.ts';
import { hook, type Node } from '../graph.ts';
import { aliases, batchCounters, type Naming } from '../naming.ts';
import { symmetricPreprocessing } from '../preprocessing.ts';
import type { Extent, WindowPadding } from '../window.ts';
import { forOtherClasses } from './other-classes.ts';

interface ConvOptions {
  stride?: number;
  padding?: WindowPadding;
}

/** In what its implementations differ. */
interface Style {
  /** Padded to the same size by default. */
  readonly conv: (x: Node, name: string, filters: number, size: Extent, options?: ConvOptions) => Node;
  /** 3×3, to the same size. */
  readonly pool: (x: Node) => Node;
}

/** Batch norm is folded into the convolutions. */
const tensorflow: Style = {
  conv: (x, name, filters, size, options) =>
    convRelu(x, name, filters, size, { tensors: `${name}.conv`, padding: 'same', ...options }),
  pool: (x) => avgPool(x, 3, { padding: 'same' }),
};

const torchvision: Style = {
  conv: (x, name, filters, size, options) =>
    convNormRelu(x, name, filters, size, { padding: 'same', epsilon: 1e-3, ...options }),
  pool: (x) => avgPoolWithPadding(x, 3, { padding: [1, 1, 1, 1] }),
};

const halving: ConvOptions = { stride: 2, padding: 'valid' };

function stem(image: Node, { conv }: Style): Node {
  let x = conv(image, 'Conv2d_1a_3x3', 32, 3, halving);
  x = conv(x, 'Conv2d_2a_3x3', 32, 3, { padding: 'valid' });
  x = conv(x, 'Conv2d_2b_3x3', 64, 3);
  x = hook('maxpool1', maxPool(x, 3, halving));
  x = conv(x, 'Conv2d_3b_1x1', 80, 1);
  x = conv(x, 'Conv2d_4a_3x3', 192, 3, { padding: 'valid' });
  return hook('maxpool2', maxPool(x, 3, halving));
}

/** 35×35: 1×1, 5×5, two 3×3 and pool. */
function inceptionA(x: Node, name: string, { conv, pool }: Style, poolFilters: number): Node {
  const branch1x1 = conv(x, `${name}.branch1x1`, 64, 1);

  let branch5x5 = conv(x, `${name}.branch5x5_1`, 48, 1);
  branch5x5 = conv(branch5x5, `${name}.branch5x5_2`, 64, 5);

  let branch3x3dbl = conv(x, `${name}.branch3x3dbl_1`, 64, 1);
  branch3x3dbl = conv(branch3x3dbl, `${name}.branch3x3dbl_2`, 96, 3);
  branch3x3dbl = conv(branch3x3dbl, `${name}.branch3x3dbl_3`, 96, 3);

  const branchPool = conv(pool(x), `${name}.branch_pool`, poolFilters, 1);

  return hook(name, concat([branch1x1, branch5x5, branch3x3dbl, branchPool]));
}

/** 35×35 → 17×17. */
function inceptionB(x: Node, name: string, { conv }: Style): Node {
  const branch3x3 = conv(x, `${name}.branch3x3`, 384, 3, halving);

  let branch3x3dbl = conv(x, `${name}.branch3x3dbl_1`, 64, 1);
  branch3x3dbl = conv(branch3x3dbl, `${name}.branch3x3dbl_2`, 96, 3);
  branch3x3dbl = conv(branch3x3dbl, `${name}.branch3x3dbl_3`, 96, 3, halving);

  const branchPool = hook(`${name}.branch_pool`, maxPool(x, 3, halving));

  return hook(name, concat([branch3x3, branch3x3dbl, branchPool]));
}

/** 17×17: 1×1, one and two 7×7 factored into 1×7 and 7×1, and pool. */
function inceptionC(x: Node, name: string, { conv, pool }: Style, filters: number): Node {
  const branch1x1 = conv(x, `${name}.branch1x1`, 192, 1);

  let branch7x7 = conv(x, `${name}.branch7x7_1`, filters, 1);
  branch7x7 = conv(branch7x7, `${name}.branch7x7_2`, filters, [1, 7]);
  branch7x7 = conv(branch7x7, `${name}.branch7x7_3`, 192, [7, 1]);

  let branch7x7dbl = conv(x, `${name}.branch7x7dbl_1`, filters, 1);
  branch7x7dbl = conv(branch7x7dbl, `${name}.branch7x7dbl_2`, filters, [7, 1]);
  branch7x7dbl = conv(branch7x7dbl, `${name}.branch7x7dbl_3`, filters, [1, 7]);
  branch7x7dbl = conv(branch7x7dbl, `${name}.branch7x7dbl_4`, filters, [7, 1]);
  branch7x7dbl = conv(branch7x7dbl, `${name}.branch7x7dbl_5`, 192, [1, 7]);

  const branchPool = conv(pool(x), `${name}.branch_pool`, 192, 1);

  return hook(name, concat([branch1x1, branch7x7, branch7x7dbl, branchPool]));
}

/** 17×17 → 8×8. */
function inceptionD(x: Node, name: string, { conv }: Style): Node {
  let branch3x3 = conv(x, `${name}.branch3x3_1`, 192, 1);
  branch3x3 = conv(branch3x3, `${name}.branch3x3_2`, 320, 3, halving);

  let branch7x7x3 = conv(x, `${name}.branch7x7x3_1`, 192, 1);
  branch7x7x3 = conv(branch7x7x3, `${name}.branch7x7x3_2`, 192, [1, 7]);
  branch7x7x3 = conv(branch7x7x3, `${name}.branch7x7x3_3`, 192, [7, 1]);
  branch7x7x3 = conv(branch7x7x3, `${name}.branch7x7x3_4`, 192, 3, halving);

  const branchPool = hook(`${name}.branch_pool`, maxPool(x, 3, halving));

  return hook(name, concat([branch3x3, branch7x7x3, branchPool]));
}

/** 8×8: 1×1, one and two 3×3, the last of each parted into 1×3 and 3×1, and pool. */
function inceptionE(x: Node, name: string, { conv, pool }: Style): Node {
  const branch1x1 = conv(x, `${name}.branch1x1`, 320, 1);

  const branch3x3 = conv(x, `${name}.branch3x3_1`, 384, 1);
  const branch3x3a = conv(branch3x3, `${name}.branch3x3_2a`, 384, [1, 3]);
  const branch3x3b = conv(branch3x3, `${name}.branch3x3_2b`, 384, [3, 1]);

  let branch3x3dbl = conv(x, `${name}.branch3x3dbl_1`, 448, 1);
  branch3x3dbl = conv(branch3x3dbl, `${name}.branch3x3dbl_2`, 384, 3);
  const branch3x3dblA = conv(branch3x3dbl, `${name}.branch3x3dbl_3a`, 384, [1, 3]);
  const branch3x3dblB = conv(branch3x3dbl, `${name}.branch3x3dbl_3b`, 384, [3, 1]);

  const branchPool = conv(pool(x), `${name}.branch_pool`, 192, 1);

  return hook(name, concat([branch1x1, branch3x3a, branch3x3b, branch3x3dblA, branch3x3dblB, branchPool]));
}

function stemToMixed7a(image: Node, style: Style): Node {
  let x = stem(image, style);
  x = inceptionA(x, 'Mixed_5b', style, 32);
  x = inceptionA(x, 'Mixed_5c', style, 64);
  x = inceptionA(x, 'Mixed_5d', style, 64);
  x = inceptionB(x, 'Mixed_6a', style);
  x = inceptionC(x, 'Mixed_6b', style, 128);
  x = inceptionC(x, 'Mixed_6c', style, 160);
  x = inceptionC(x, 'Mixed_6d', style, 160);
  x = inceptionC(x, 'Mixed_6e', style, 192);
  return inceptionD(x, 'Mixed_7a', style);
}

function forward(image: Node, style: Style, classes: number): Node {
  let x = stemToMixed7a(image, style);
  x = inceptionE(x, 'Mixed_7b', style);
  x = inceptionE(x, 'Mixed_7c', style);
  return hook('logits', linear(hook('avgpool', globalAvgPool(x)), 'fc', classes), 'logits');
}

/** timm's too, which has a few more modules. */
const torchvisionNaming: Naming = {
  name: 'torchvision',
  source: (name) => name,
  unneeded: [batchCounters, /^AuxLogits\./],
  aliases: aliases({
    '{conv}.bn': '{conv}.pre_relu',
    '{block}.{conv}.bn': '{block}.{conv}.pre_relu',
    '{conv}.bn.drop': '{conv}.pre_relu',
    '{conv}.bn.act': '{conv}',
    '{block}.{conv}.bn.drop': '{block}.{conv}.pre_relu',
    '{block}.{conv}.bn.act': '{block}.{conv}',
    Pool1: 'maxpool1',
    Pool2: 'maxpool2',
    global_pool: 'avgpool',
    'global_pool.pool': 'avgpool',
    'global_pool.flatten': 'avgpool',
    head_drop: 'avgpool',
    dropout: 'avgpool',
    fc: 'logits',
  }),
  overwritten: aliases({
    '{conv}.bn': '{conv}',
    '{conv}.bn.drop': '{conv}',
    '{block}.{conv}.bn': '{block}.{conv}',
    '{block}.{conv}.bn.drop': '{block}.{conv}',
  }),
};

const trunk: Variant = {
  name: 'inception_v3_2015_trunk',
  description:
    'The 2015-12-05 TensorFlow graph from the stem to Mixed_7a, without classifier; batch norm folded ' +
    'into the convolutions, average pools exclude padding',
  preprocessing: {
    ...symmetricPreprocessing,
    height: 299,
    width: 299,
    scale: 255,
    mean: [128, 128, 128],
    std: [128, 128, 128],
  },
  forward: (image) => stemToMixed7a(image, tensorflow),
};

function whole(classes: number): Variant {
  return {
    name: 'inception_v3',
    description: "torchvision's weights, which expect [-1, 1]; average pools count padding",
    preprocessing: { ...symmetricPreprocessing, height: 299, width: 299 },
    forward: (image) => forward(image, torchvision, classes),
    namings: [torchvisionNaming],
  };
}

export const inceptionV3: Architecture = {
  name: 'inception_v3',
  title: 'InceptionV3',
  variants: [whole(1000), trunk],
  configure: forOtherClasses('fc', 1000, (classes) => [whole(classes)]),
};
