/** The ops that methods, networks and training differentiate, at sizes small enough for finite differences. */
import * as tf from '@tensorflow/tfjs';

export interface GradientCase {
  readonly op: string;
  /** Every input is differentiated. Positive ones suit logarithms, roots and variances. */
  readonly inputs: readonly { readonly shape: readonly number[]; readonly isPositive?: boolean }[];
  /** Returns float32 values of any shape. */
  // Ops want tensors of their own rank, which the shapes beside them give.
  // oxlint-disable-next-line typescript/no-explicit-any
  readonly run: (...inputs: any[]) => tf.Tensor;
}

type Image = tf.Tensor4D;

const image = { shape: [1, 4, 5, 2] };
const matrix = { shape: [3, 4] };

const convolutions: GradientCase[] = [
  { op: 'conv2d', inputs: [image, { shape: [3, 3, 2, 2] }], run: (x, w) => tf.conv2d(x, w, 1, 'same') },
  { op: 'conv2d 1×1', inputs: [image, { shape: [1, 1, 2, 3] }], run: (x, w) => tf.conv2d(x, w, 1, 'valid') },
  {
    op: 'conv2d stride 2',
    inputs: [{ shape: [2, 5, 6, 2] }, { shape: [3, 3, 2, 2] }],
    run: (x, w) => tf.conv2d(x, w, 2, 'same'),
  },
  {
    op: 'conv2d stride 2 valid',
    inputs: [{ shape: [1, 6, 6, 2] }, { shape: [3, 3, 2, 2] }],
    run: (x, w) => tf.conv2d(x, w, 2, 'valid'),
  },
  {
    op: 'conv2d explicit pad',
    inputs: [image, { shape: [3, 3, 2, 2] }],
    run: (x, w) => tf.conv2d(x, w, 1, [[0, 0], [0, 2], [1, 0], [0, 0]]), // prettier-ignore
  },
  {
    op: 'conv2d dilated',
    inputs: [{ shape: [1, 6, 6, 2] }, { shape: [3, 3, 2, 2] }],
    run: (x, w) => tf.conv2d(x, w, 1, 'same', 'NHWC', 2),
  },
  {
    op: 'conv2dTranspose',
    inputs: [{ shape: [1, 3, 3, 2] }, { shape: [3, 3, 2, 2] }],
    run: (x, w) => tf.conv2dTranspose(x, w, [1, 6, 6, 2], 2, 'same'),
  },
  {
    op: 'depthwiseConv2d',
    inputs: [image, { shape: [3, 3, 2, 2] }],
    run: (x, w) => tf.depthwiseConv2d(x, w, 1, 'same'),
  },
  {
    op: 'depthwiseConv2d stride 2',
    inputs: [{ shape: [1, 5, 5, 2] }, { shape: [3, 3, 2, 1] }],
    run: (x, w) => tf.depthwiseConv2d(x, w, 2, 'same'),
  },
];

const pools: GradientCase[] = [
  { op: 'maxPool', inputs: [image], run: (x: Image) => tf.maxPool(x, 2, 2, 'valid') },
  { op: 'maxPool same, overlapping', inputs: [image], run: (x: Image) => tf.maxPool(x, 3, 1, 'same') },
  { op: 'maxPool same, stride 2', inputs: [image], run: (x: Image) => tf.maxPool(x, 3, 2, 'same') },
  { op: 'avgPool', inputs: [image], run: (x: Image) => tf.avgPool(x, 2, 2, 'valid') },
  { op: 'avgPool same, overlapping', inputs: [image], run: (x: Image) => tf.avgPool(x, 3, 1, 'same') },
  { op: 'avgPool same, stride 2', inputs: [image], run: (x: Image) => tf.avgPool(x, 3, 2, 'same') },
  {
    op: 'localResponseNormalization',
    inputs: [{ shape: [1, 2, 2, 6] }],
    run: (x) => tf.localResponseNormalization(x, 2, 1, 0.5, 0.75),
  },
  {
    op: 'batchNorm',
    inputs: [image, { shape: [2] }, { shape: [2], isPositive: true }, { shape: [2] }, { shape: [2] }],
    run: (x, mean, variance, offset, scale) => tf.batchNorm(x, mean, variance, offset, scale, 0.1),
  },
  {
    op: 'batchNorm without scale',
    inputs: [image, { shape: [2] }, { shape: [2], isPositive: true }],
    run: (x, mean, variance) => tf.batchNorm(x, mean, variance, undefined, undefined, 0.1),
  },
  { op: 'moments', inputs: [image], run: (x) => tf.moments(x, [1, 2]).variance },
];

const activations: GradientCase[] = Object.entries({
  relu: tf.relu,
  relu6: tf.relu6,
  elu: tf.elu,
  selu: tf.selu,
  sigmoid: tf.sigmoid,
  tanh: tf.tanh,
  softplus: tf.softplus,
  abs: tf.abs,
  square: tf.square,
  exp: tf.exp,
  erf: tf.erf,
  sin: tf.sin,
  cos: tf.cos,
  atan: tf.atan,
  leakyRelu: tf.leakyRelu,
  neg: tf.neg,
}).map(([op, activate]) => ({ op, inputs: [matrix], run: (x: tf.Tensor) => activate(x) }));

const positive: GradientCase[] = Object.entries({
  log: tf.log,
  sqrt: tf.sqrt,
  rsqrt: tf.rsqrt,
  reciprocal: tf.reciprocal,
  log1p: tf.log1p,
}).map(([op, compute]) => ({
  op,
  inputs: [{ shape: [2, 3], isPositive: true }],
  run: (x: tf.Tensor) => compute(tf.add(x, 1)),
}));

const arithmetic: GradientCase[] = [
  { op: 'add, broadcast', inputs: [matrix, { shape: [4] }], run: (a, b) => tf.add(a, b) },
  { op: 'sub, broadcast', inputs: [matrix, { shape: [3, 1] }], run: (a, b) => tf.sub(a, b) },
  { op: 'mul, broadcast', inputs: [matrix, { shape: [4] }], run: (a, b) => tf.mul(a, b) },
  {
    op: 'div, broadcast',
    inputs: [matrix, { shape: [4], isPositive: true }],
    run: (a, b) => tf.div(a, tf.add(b, 1)),
  },
  { op: 'squaredDifference', inputs: [matrix, { shape: [4] }], run: (a, b) => tf.squaredDifference(a, b) },
  { op: 'maximum', inputs: [matrix], run: (x) => tf.maximum(x, 0) },
  { op: 'minimum', inputs: [matrix], run: (x) => tf.minimum(x, 0) },
  { op: 'clipByValue', inputs: [matrix], run: (x) => tf.clipByValue(x, -14.5 / 64, 15.5 / 64) },
  { op: 'pow', inputs: [{ shape: [6], isPositive: true }], run: (x) => tf.pow(tf.add(x, 1), 1.5) },
  { op: 'where', inputs: [matrix, matrix], run: (a, b) => tf.where(tf.greater(a, 0), a, b) },
  { op: 'matMul', inputs: [matrix, { shape: [4, 5] }], run: (a, b) => tf.matMul(a, b) },
  {
    op: 'matMul transposed',
    inputs: [{ shape: [4, 3] }, { shape: [5, 4] }],
    run: (a, b) => tf.matMul(a, b, true, true),
  },
  {
    op: 'matMul batched',
    inputs: [{ shape: [2, 3, 4] }, { shape: [2, 4, 2] }],
    run: (a, b) => tf.matMul(a, b),
  },
  {
    op: 'einsum',
    inputs: [{ shape: [2, 3, 4] }, { shape: [2, 4, 2] }],
    run: (a, b) => tf.einsum('bij,bjk->bik', a, b),
  },
  { op: 'einsum summed', inputs: [matrix, { shape: [4, 2] }], run: (a, b) => tf.einsum('ij,jk->j', a, b) },
];

const reductions: GradientCase[] = [
  { op: 'sum', inputs: [matrix], run: (x) => tf.sum(x, 1) },
  { op: 'mean', inputs: [image], run: (x) => tf.mean(x, [1, 2]) },
  { op: 'max', inputs: [matrix], run: (x) => tf.max(x, 1) },
  { op: 'min', inputs: [matrix], run: (x) => tf.min(x, 0) },
  { op: 'prod', inputs: [matrix], run: (x) => tf.prod(x, 1) },
  { op: 'cumsum', inputs: [matrix], run: (x) => tf.cumsum(x, 1) },
  { op: 'cumsum of rows, exclusive', inputs: [matrix], run: (x) => tf.cumsum(x, 0, true) },
  { op: 'norm', inputs: [matrix], run: (x) => tf.norm(x) },
  { op: 'softmax', inputs: [matrix], run: (x) => tf.softmax(x) },
  { op: 'logSoftmax', inputs: [matrix], run: (x) => tf.logSoftmax(x) },
  { op: 'logSumExp', inputs: [matrix], run: (x) => tf.logSumExp(x, 1) },
  {
    op: 'softmaxCrossEntropy',
    inputs: [matrix],
    run: (x) => tf.losses.softmaxCrossEntropy(tf.oneHot(tf.tensor1d([0, 2, 3], 'int32'), 4), x),
  },
];

const shapes: GradientCase[] = [
  { op: 'reshape', inputs: [matrix], run: (x) => tf.reshape(x, [2, 6]) },
  { op: 'transpose', inputs: [{ shape: [2, 3, 4] }], run: (x) => tf.transpose(x, [2, 0, 1]) },
  { op: 'concat', inputs: [matrix, { shape: [3, 2] }], run: (a, b) => tf.square(tf.concat([a, b], 1)) },
  { op: 'stack', inputs: [matrix, matrix], run: (a, b) => tf.square(tf.stack([a, b])) },
  { op: 'split', inputs: [matrix], run: (x) => tf.mul(...(tf.split(x, 2, 1) as [tf.Tensor, tf.Tensor])) },
  { op: 'tile', inputs: [matrix], run: (x) => tf.tile(x, [2, 2]) },
  { op: 'broadcastTo', inputs: [{ shape: [3, 1] }], run: (x) => tf.broadcastTo(x, [3, 4]) },
  { op: 'reverse', inputs: [matrix], run: (x) => tf.reverse(x, 1) },
  { op: 'slice', inputs: [image], run: (x) => tf.slice(x, [0, 1, 2, 0], [1, 2, 2, 2]) },
  { op: 'stridedSlice', inputs: [matrix], run: (x) => tf.stridedSlice(x, [2, 0], [0, 4], [-1, 2]) },
  { op: 'pad', inputs: [image], run: (x) => tf.pad(x, [[0, 0], [1, 2], [2, 0], [0, 0]], 0.5) }, // prettier-ignore
  { op: 'mirrorPad reflect', inputs: [image], run: (x) => tf.mirrorPad(x, [[0, 0], [2, 1], [1, 3], [0, 0]], 'reflect') }, // prettier-ignore
  { op: 'mirrorPad symmetric', inputs: [image], run: (x) => tf.mirrorPad(x, [[0, 0], [2, 1], [1, 3], [0, 0]], 'symmetric') }, // prettier-ignore
  { op: 'gather', inputs: [matrix], run: (x) => tf.gather(x, tf.tensor1d([3, 0, 3], 'int32'), 1) },
  { op: 'gatherND', inputs: [matrix], run: (x) => tf.gatherND(x, tf.tensor2d([[0, 1], [2, 3], [0, 1]], [3, 2], 'int32')) }, // prettier-ignore
  {
    op: 'unsortedSegmentSum',
    inputs: [matrix],
    run: (x) => tf.unsortedSegmentSum(x, tf.tensor1d([1, 0, 1], 'int32'), 2),
  },
  { op: 'depthToSpace', inputs: [{ shape: [1, 2, 3, 8] }], run: (x) => tf.depthToSpace(x, 2) },
];

const resampling: GradientCase[] = [
  { op: 'resizeBilinear', inputs: [image], run: (x: Image) => tf.image.resizeBilinear(x, [7, 6]) },
  {
    op: 'resizeBilinear half-pixel',
    inputs: [image],
    run: (x: Image) => tf.image.resizeBilinear(x, [3, 8], false, true),
  },
  {
    op: 'resizeBilinear corners',
    inputs: [image],
    run: (x: Image) => tf.image.resizeBilinear(x, [6, 3], true),
  },
  {
    op: 'resizeNearestNeighbor',
    inputs: [image],
    run: (x: Image) => tf.image.resizeNearestNeighbor(x, [8, 10]),
  },
  {
    op: 'cropAndResize',
    inputs: [image],
    run: (x: Image) =>
      tf.image.cropAndResize(x, [[0.1, 0.2, 0.9, 1.1], [0, 0, 1, 1]], [0, 0], [3, 4]), // prettier-ignore
  },
  {
    op: 'transform',
    inputs: [image],
    run: (x: Image) =>
      tf.image.transform(x, tf.tensor2d([[0.9, 0.3, -0.4, -0.2, 1.1, 0.3, 0.01, 0.02]]), 'bilinear'),
  },
];

export const gradientCases: readonly GradientCase[] = [
  ...convolutions,
  ...pools,
  ...activations,
  ...positive,
  ...arithmetic,
  ...reductions,
  ...shapes,
  ...resampling,
];
