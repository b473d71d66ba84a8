/**
 * InceptionV1 (Szegedy et al., "Going Deeper with Convolutions", 2014) as in TensorFlow's graph `inception5h`,
 * on which much of the literature of feature visualization and circuits is written, with that graph's names.
 * It differs from the article: local response norms, 508 channels in mixed4a, 1008 classes of which the first
 * is a dummy.
 */
import type { Architecture } from '../architecture.ts';
import {
  avgPool,
  concat,
  conv2d,
  flatten,
  globalAvgPool,
  linear,
  localResponseNorm,
  maxPool,
  relu,
  softmax,
} from '../blocks/index.ts';
import { hook, type Node } from '../graph.ts';
import { aliases, type Naming } from '../naming.ts';
import { imagenetPreprocessing } from '../preprocessing.ts';

const classes = 1008;

interface Activation {
  /** Before and after its ReLU. */
  readonly before: Node;
  readonly after: Node;
}

function activation(name: string, value: Node): Activation {
  const before = hook(`${name}_pre_relu`, value);
  return { before, after: hook(name, relu(before)) };
}

function conv(x: Node, name: string, filters: number, size: number, stride = 1): Activation {
  return activation(name, conv2d(x, name, filters, size, { stride, padding: 'same' }));
}

function halve(x: Node, name: string): Node {
  return hook(name, maxPool(x, 3, { stride: 2, padding: 'same' }));
}

function normalize(x: Node, name: string): Node {
  return hook(name, localResponseNorm(x, { radius: 5, bias: 2, alpha: 1e-4, beta: 0.5 }));
}

function stem(image: Node): Node {
  let x = conv(image, 'conv2d0', 64, 7, 2).after;
  x = halve(x, 'maxpool0');
  x = normalize(x, 'localresponsenorm0');
  x = conv(x, 'conv2d1', 64, 1).after;
  x = conv(x, 'conv2d2', 192, 3).after;
  x = normalize(x, 'localresponsenorm1');
  return halve(x, 'maxpool1');
}

/** [1×1, bottleneck of 3×3, 3×3, bottleneck of 5×5, 5×5, reduction of the pool] */
type Filters = readonly [number, number, number, number, number, number];

function inception(x: Node, name: string, filters: Filters): Activation {
  const [by1x1, to3x3, by3x3, to5x5, by5x5, fromPool] = filters;
  const branch1x1 = conv(x, `${name}_1x1`, by1x1, 1);

  const bottleneck3x3 = conv(x, `${name}_3x3_bottleneck`, to3x3, 1);
  const branch3x3 = conv(bottleneck3x3.after, `${name}_3x3`, by3x3, 3);

  const bottleneck5x5 = conv(x, `${name}_5x5_bottleneck`, to5x5, 1);
  const branch5x5 = conv(bottleneck5x5.after, `${name}_5x5`, by5x5, 5);

  const pooled = hook(`${name}_pool`, maxPool(x, 3, { padding: 'same' }));
  const branchPool = conv(pooled, `${name}_pool_reduce`, fromPool, 1);

  const branches = [branch1x1, branch3x3, branch5x5, branchPool];
  return {
    before: hook(`${name}_pre_relu`, concat(branches.map(({ before }) => before))),
    after: hook(name, concat(branches.map(({ after }) => after))),
  };
}

/** A classifier for training only, half-way up. */
function auxiliaryHead(x: Node, index: 0 | 1): Node {
  const pooled = hook(`head${index}_pool`, avgPool(x, 5, { stride: 3 }));
  const bottleneck = conv(pooled, `head${index}_bottleneck`, 128, 1).after;
  const hidden = activation(`nn${index}`, linear(flatten(bottleneck, 'hwc'), `nn${index}`, 1024)).after;
  const logits = hook(`softmax${index}_pre_activation`, linear(hidden, `softmax${index}`, classes));
  return hook(`softmax${index}`, softmax(logits));
}

function forward(image: Node, { heads }: { heads: boolean }): Node[] {
  const maxpool1 = stem(image);
  const mixed3a = inception(maxpool1, 'mixed3a', [64, 96, 128, 16, 32, 32]);
  const mixed3b = inception(mixed3a.after, 'mixed3b', [128, 128, 192, 32, 96, 64]);
  const maxpool4 = halve(mixed3b.after, 'maxpool4');
  const mixed4a = inception(maxpool4, 'mixed4a', [192, 96, 204, 16, 48, 64]);
  const mixed4b = inception(mixed4a.after, 'mixed4b', [160, 112, 224, 24, 64, 64]);
  const mixed4c = inception(mixed4b.after, 'mixed4c', [128, 128, 256, 24, 64, 64]);
  const mixed4d = inception(mixed4c.after, 'mixed4d', [112, 144, 288, 32, 64, 64]);
  const mixed4e = inception(mixed4d.after, 'mixed4e', [256, 160, 320, 32, 128, 128]);
  const maxpool10 = halve(mixed4e.after, 'maxpool10');
  const mixed5a = inception(maxpool10, 'mixed5a', [256, 160, 320, 48, 128, 128]);
  const mixed5b = inception(mixed5a.after, 'mixed5b', [384, 192, 384, 48, 128, 128]);
  const avgpool0 = hook('avgpool0', globalAvgPool(mixed5b.after));
  const logits = hook('logits', linear(avgpool0, 'softmax2', classes), 'logits');

  const modules = [mixed3a, mixed3b, mixed4a, mixed4b, mixed4c, mixed4d, mixed4e, mixed5a, mixed5b];
  return [
    ...modules.map(({ before }) => before),
    ...(heads ? [auxiliaryHead(mixed4a.after, 0), auxiliaryHead(mixed4d.after, 1)] : []),
    hook('softmax2', softmax(logits)),
    logits,
  ];
}

const sharedAliases = aliases({
  softmax2_pre_activation: 'logits',
  '{layer}.pre_relu': '{layer}_pre_relu',
});

/** `conv2d0.weight` → `conv2d0_w` */
function graphName(name: string): string {
  return name.replace('.weight', '_w').replace('.bias', '_b');
}

/** TensorFlow's layouts in PyTorch's order: HWIO → OIHW, [in, out] → [out, in]. */
const fromTensorFlow: Readonly<Record<number, readonly number[]>> = { 4: [3, 2, 0, 1], 2: [1, 0] };

const graphDef: Naming = {
  name: 'tensorflow',
  source(name, shape) {
    const permute = fromTensorFlow[shape.length];
    if (!permute) return graphName(name);
    const stored = shape.map((_, axis) => shape[permute.indexOf(axis)]!);
    return { name: graphName(name), shape: stored, permute };
  },
  unneeded: [/\/(shape|concat_dim)$/],
  aliases: sharedAliases,
};

const graphNamesInTorchLayout: Naming = {
  name: 'tensorflow_oihw',
  source: graphName,
  aliases: sharedAliases,
};

/** Without the auxiliary classifiers. */
const lucent: Naming = {
  name: 'lucent',
  source: (name) =>
    name.replace('.', name.startsWith('softmax') ? '_pre_activation_matmul.' : '_pre_relu_conv.'),
  aliases: [
    ...sharedAliases,
    ...aliases({
      '{layer}_pre_relu_conv': '{layer}_pre_relu',
      softmax2_pre_activation_matmul: 'logits',
    }),
  ],
};

const preprocessing = { ...imagenetPreprocessing, scale: 255, mean: [117, 117, 117], std: [1, 1, 1] };

export const inceptionV1: Architecture = {
  name: 'inception_v1',
  title: 'InceptionV1',
  variants: [
    {
      name: 'inception_v1',
      description: "TensorFlow's inception5h up to its last classifier; [0, 1] becomes [-117, 138]",
      preprocessing,
      forward: (image) => forward(image, { heads: false }),
      namings: [graphDef, graphNamesInTorchLayout, lucent],
    },
    {
      name: 'inception_v1_heads',
      description: "TensorFlow's inception5h with both auxiliary classifiers, head0 and head1",
      preprocessing,
      forward: (image) => forward(image, { heads: true }),
      namings: [graphDef, graphNamesInTorchLayout],
    },
  ],
};
