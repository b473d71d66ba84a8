/** Every kernel that can be compiled, on images [2, 6, 8, 4] or volumes [2, 4, 5, 6, 3]. */
import * as tf from '@tensorflow/tfjs';
import { randomFor } from '../../random.ts';

export interface OpCase {
  readonly op: string;
  /** Float32 values of any shape. */
  readonly run: (x: tf.Tensor4D) => tf.Tensor;
  /** Whether tfjs has a gradient of it. */
  readonly isDifferentiable: boolean;
}

export interface VolumeCase {
  readonly op: string;
  readonly run: (x: tf.Tensor5D) => tf.Tensor;
}

export const imageShape = [2, 6, 8, 4];
export const volumeShape = [2, 4, 5, 6, 3];

/** Normally distributed, the same for the same shape and purpose. */
export function normal<R extends tf.Rank>(shape: readonly number[], purpose: string): tf.Tensor<R> {
  return tf.tensor<R>(normalValues(shape, purpose), [...shape] as tf.ShapeMap[R]);
}

export function normalValues(shape: readonly number[], purpose: string): Float32Array {
  const random = randomFor(11, 0, `${purpose} ${shape.join()}`);
  return Float32Array.from({ length: tf.util.sizeFromShape([...shape]) }, () => random.normal());
}

type ImageOps = Readonly<Record<string, (x: tf.Tensor4D) => tf.Tensor>>;

const perChannel = () => tf.tensor1d([0.1, -0.2, 0.3, 0.4]);
const variance = () => tf.tensor1d([0.5, 0.2, 0.9, 1.4]);
const perColumn = () => normal<tf.Rank.R2>([8, 4], 'per column');
const perPlace = () => normal<tf.Rank.R3>([6, 8, 4], 'per place');
const filter = (size: number, outChannels: number) =>
  normal<tf.Rank.R4>([size, size, 4, outChannels], 'filter');
const rows = (x: tf.Tensor4D) => tf.reshape<tf.Rank.R2>(x, [2, 192]);
const float = (x: tf.Tensor) => tf.cast(x, 'float32');
/** cpu's kernels of some ops mix up the images of a batch. */
const firstImage = (x: tf.Tensor4D) => tf.slice(x, 0, 1);
const int = (x: tf.Tensor) => tf.cast(tf.mul(x, 5), 'int32');

const elementwise: ImageOps = {
  abs: (x) => tf.abs(x),
  acos: (x) => tf.acos(tf.tanh(x)),
  acosh: (x) => tf.acosh(tf.add(tf.abs(x), 1.5)),
  asin: (x) => tf.asin(tf.tanh(x)),
  asinh: (x) => tf.asinh(x),
  atan: (x) => tf.atan(x),
  atanh: (x) => tf.atanh(tf.mul(tf.tanh(x), 0.9)),
  clipByValue: (x) => tf.clipByValue(x, -0.5, 0.7),
  cos: (x) => tf.cos(x),
  cosh: (x) => tf.cosh(x),
  elu: (x) => tf.elu(x),
  erf: (x) => tf.erf(x),
  exp: (x) => tf.exp(x),
  expm1: (x) => tf.expm1(x),
  leakyRelu: (x) => tf.leakyRelu(x, 0.1),
  log: (x) => tf.log(tf.add(tf.square(x), 1)),
  log1p: (x) => tf.log1p(tf.square(x)),
  neg: (x) => tf.neg(x),
  prelu: (x) => tf.prelu<tf.Tensor>(x, perChannel()),
  reciprocal: (x) => tf.reciprocal(tf.add(tf.abs(x), 1)),
  relu: (x) => tf.relu(x),
  relu6: (x) => tf.relu6(tf.mul(x, 6)),
  rsqrt: (x) => tf.rsqrt(tf.add(tf.square(x), 1)),
  selu: (x) => tf.selu(x),
  sigmoid: (x) => tf.sigmoid(x),
  sin: (x) => tf.sin(x),
  sinh: (x) => tf.sinh(x),
  softplus: (x) => tf.softplus(x),
  sqrt: (x) => tf.sqrt(tf.add(tf.abs(x), 0.5)),
  step: (x) => tf.mul(x, tf.step(x, 0.3)),
  tan: (x) => tf.tan(tf.tanh(x)),
  tanh: (x) => tf.tanh(x),
};

const binary: ImageOps = {
  'add per channel': (x) => tf.add(x, perChannel()),
  addN: (x) => tf.addN([x, tf.square(x), tf.sin(x)]),
  batchNorm: (x) => tf.batchNorm(x, perChannel(), variance(), perChannel(), variance(), 1e-3),
  div: (x) => tf.div(x, tf.add(tf.square(x), 2)),
  maximum: (x) => tf.maximum(x, tf.mul(x, 0.3)),
  minimum: (x) => tf.minimum(x, 0.2),
  'mul by constant twice': (x) => tf.mul(tf.mul(x, perChannel()), 3),
  'mul per column': (x) => tf.mul(x, perColumn()),
  'mul per place': (x) => tf.mul(perPlace(), x),
  pow: (x) => tf.pow(tf.add(tf.abs(x), 1), 1.7),
  squaredDifference: (x) => tf.squaredDifference(x, perChannel()),
  'sub from scalar': (x) => tf.sub(1, x),
  'sub mean': (x) => tf.sub(x, tf.mean(x, [1, 2], true)),
  where: (x) => tf.where(tf.greater(x, 0.1), x, tf.mul(x, 2)),
};

const reductions: ImageOps = {
  cumsum: (x) => tf.cumsum(x, 1),
  'cumsum exclusive, reverse': (x) => tf.cumsum(x, 3, true, true),
  logSoftmax: (x) => tf.logSoftmax(x),
  logSumExp: (x) => tf.logSumExp(x, 3),
  'max over space': (x) => tf.max(x, [1, 2]),
  'mean of all': (x) => tf.mean(x),
  'mean over channels': (x) => tf.mean(x, 3, true),
  'mean over columns': (x) => tf.mean(x, 2),
  'min over channels': (x) => tf.min(x, 3),
  moments: (x) => {
    const { mean, variance: spread } = tf.moments(x, [1, 2], true);
    return tf.div(tf.sub(x, mean), tf.sqrt(tf.add(spread, 1e-3)));
  },
  norm: (x) => tf.norm(x),
  prod: (x) => tf.prod(x, 1),
  softmax: (x) => tf.softmax(x),
  'sum of all': (x) => tf.sum(x),
  'sum over channels': (x) => tf.sum(x, 3),
  'sum over rows and channels': (x) => tf.sum(x, [1, 3], true),
  'sum over space': (x) => tf.sum(x, [1, 2]),
};

const arrangements: ImageOps = {
  batchToSpaceND: (x) => tf.batchToSpaceND(tf.tile(x, [2, 1, 1, 1]), [2, 2], [[0, 1], [1, 0]]), // prettier-ignore
  broadcastTo: (x) => tf.mul(tf.broadcastTo(tf.mean(x, [1, 2], true), [2, 6, 8, 4]), x),
  'concat channels': (x) => tf.concat([x, tf.mul(x, 2), tf.tile(tf.expandDims(perPlace()), [2, 1, 1, 1])], 3),
  'concat rows': (x) => tf.concat([x, tf.square(x)], 1),
  depthToSpace: (x) => tf.depthToSpace(x, 2),
  expandDims: (x) => tf.mul(tf.expandDims(tf.expandDims(tf.mean(x, [1, 2]), 1), 1), x),
  'mirrorPad reflect': (x) => tf.mirrorPad(x, [[0, 0], [1, 2], [2, 1], [0, 0]], 'reflect'), // prettier-ignore
  'mirrorPad symmetric': (x) => tf.mirrorPad(x, [[0, 0], [6, 2], [2, 0], [0, 0]], 'symmetric'), // prettier-ignore
  pad: (x) => tf.pad(x, [[0, 0], [1, 2], [3, 0], [0, 1]], 0.5), // prettier-ignore
  reshape: (x) => tf.reshape(x, [2, 48, 4]),
  reverse: (x) => tf.mul(tf.reverse(x, [1, 2]), perPlace()),
  slice: (x) => tf.slice(x, [0, 1, 2, 1], [2, 3, 4, 2]),
  spaceToBatchND: (x) => tf.spaceToBatchND(x, [2, 3], [[0, 0], [1, 0]]), // prettier-ignore
  split: (x) => tf.mul(...(tf.split(x, [1, 3], 3) as [tf.Tensor, tf.Tensor])),
  stack: (x) => tf.stack([x, tf.square(x)], 1),
  stridedSlice: (x) => tf.stridedSlice(x, [0, 5, 0, 0], [2, 0, 8, 4], [1, -2, 3, 1]),
  tile: (x) => tf.tile(x, [1, 2, 1, 3]),
  'transpose to planar': (x) => tf.transpose(x, [0, 3, 1, 2]),
  'transpose from planar': (x) => tf.relu(tf.transpose(tf.tanh(tf.transpose(x, [0, 3, 1, 2])), [0, 2, 3, 1])),
  transpose: (x) => tf.transpose(x, [3, 0, 2, 1]),
  unstack: (x) => {
    const [first, , , fourth] = tf.unstack(x, 1);
    return tf.mul(first!, fourth!);
  },
};

const products: ImageOps = {
  'cosine similarity': (x) => {
    const [a, b] = [rows(x), tf.reverse(rows(x), 0)];
    return tf.div(tf.sum(tf.mul(a, b), 1), tf.mul(tf.norm(a, 2, 1), tf.norm(b, 2, 1)));
  },
  einsum: (x) => tf.einsum('nhwc,nhwd->ncd', x, tf.square(x)),
  gram: (x) => {
    const features = tf.reshape(x, [2, 48, 4]);
    return tf.matMul(features, features, true, false);
  },
  matMul: (x) => tf.matMul(tf.reshape(x, [96, 4]), normal([4, 5], 'matrix')),
  'matMul, transposed': (x) => tf.matMul(x, perColumn(), false, true),
};

const indexing: ImageOps = {
  gather: (x) => tf.gather(x, tf.tensor1d([2, 0, 2, 1], 'int32'), 2),
  'gather of a list': (x) => tf.gather(tf.reshape(x, [-1]), tf.tensor1d([7, 0, 7, 100], 'int32')),
  'gather of elements': (x) => tf.gather(x, tf.tensor1d([2, 0, 2, 1], 'int32'), 3),
  'gather, matrix of indices': (x) => tf.gather(x, tf.tensor2d([[2, 0], [2, 3]], [2, 2], 'int32'), 3), // prettier-ignore
  gatherND: (x) => tf.gatherND(x, tf.tensor2d([[0, 5], [1, 2], [0, 5]], [3, 2], 'int32')), // prettier-ignore
  unsortedSegmentSum: (x) =>
    tf.unsortedSegmentSum(
      tf.reshape(x, [12, 8, 4]),
      tf.tensor1d([1, 0, 1, -1, 2, 2, 0, 1, 2, 2, 0, 0], 'int32'),
      3,
    ),
};

const windows: ImageOps = {
  'avgPool 2, stride 2': (x) => tf.avgPool(x, 2, 2, 'valid'),
  'avgPool 3, same': (x) => tf.avgPool(x, 3, 1, 'same'),
  'avgPool, global': (x) => tf.avgPool(x, [6, 8], 1, 'valid'),
  conv2d: (x) => tf.conv2d(x, filter(3, 4), 1, 'same'),
  'conv2d 1×1': (x) => tf.conv2d(x, filter(1, 3), 1, 'valid'),
  'conv2d dilated': (x) => tf.conv2d(x, filter(3, 4), 1, 'same', 'NHWC', 2),
  'conv2d explicit pads': (x) => tf.conv2d(x, filter(3, 4), [1, 2], [[0, 0], [2, 1], [1, 1], [0, 0]]), // prettier-ignore
  'conv2d stride 2': (x) => tf.conv2d(x, filter(3, 4), 2, 'same'),
  'conv2d stride 2, many channels': (x) =>
    tf.conv2d(tf.tile(x, [1, 1, 1, 5]), normal<tf.Rank.R4>([3, 3, 20, 2], 'filter'), 2, 'same'),
  'conv2d stride 2, valid': (x) => tf.conv2d(x, filter(5, 6), 2, 'valid'),
  'conv2d stride 3': (x) => tf.conv2d(x, filter(5, 6), 3, 'valid'),
  'conv2d, relu': (x) => tf.relu(tf.add(tf.conv2d(x, filter(3, 4), 1, 'same'), perChannel())),
  conv2dTranspose: (x) => tf.conv2dTranspose(x, filter(3, 4), [2, 12, 16, 4], 2, 'same'),
  depthwiseConv2d: (x) => tf.depthwiseConv2d(x, filter(3, 2), 1, 'same'),
  'depthwiseConv2d, multiplier 1': (x) => tf.depthwiseConv2d(x, filter(3, 1), 1, 'same'),
  'depthwiseConv2d stride 2': (x) => tf.depthwiseConv2d(x, filter(3, 2), 2, 'same'),
  localResponseNormalization: (x) => tf.localResponseNormalization(x, 2, 1, 0.1, 0.75),
  'localResponseNormalization, square root': (x) => tf.localResponseNormalization(x, 2, 2, 0.1, 0.5),
  'localResponseNormalization, any power': (x) => tf.localResponseNormalization(x, 1, 1, 0.1, 0.6),
  'maxPool 2, stride 2': (x) => tf.maxPool(x, 2, 2, 'valid'),
  'maxPool 3, same': (x) => tf.maxPool(x, 3, 1, 'same'),
  'maxPool 3, stride 2': (x) => tf.maxPool(x, 3, 2, 'same'),
  'maxPool, equal maxima': (x) => tf.maxPool(tf.relu(x), 3, 1, 'same'),
  'maxPool 3, stride 2, padded': (x) => tf.maxPool(tf.relu(x), 3, 2, 1, 'floor'),
  'maxPool, strides beyond its window': (x) => tf.maxPool(x, [1, 2], [2, 3], 'valid'),
  'maxPool, oblong': (x) => tf.maxPool(x, [3, 2], 1, 'valid'),
  resizeBilinear: (x) => tf.image.resizeBilinear(x, [9, 11]),
  'resizeBilinear, corners': (x) => tf.image.resizeBilinear(x, [9, 5], true),
  'resizeBilinear, half pixels': (x) => tf.image.resizeBilinear(x, [9, 11], false, true),
  resizeNearestNeighbor: (x) => tf.image.resizeNearestNeighbor(firstImage(x), [12, 16]),
  'resizeNearestNeighbor, corners': (x) => tf.image.resizeNearestNeighbor(firstImage(x), [9, 5], true),
};

/** Convolutions of which x is the filter. */
const filters: ImageOps = {
  'conv2d filter': (x) =>
    tf.conv2d(normal<tf.Rank.R4>([2, 7, 6, 4], 'image'), tf.reshape(x, [3, 4, 4, 8]), 1, 'same'),
  'conv2d filter, 1×1': (x) =>
    tf.conv2d(normal<tf.Rank.R4>([2, 5, 4, 48], 'image'), tf.reshape(x, [1, 1, 48, 8]), 1, 'valid'),
  'conv2d filter, stride 2': (x) =>
    tf.conv2d(normal<tf.Rank.R4>([2, 8, 9, 4], 'image'), tf.reshape(x, [3, 4, 4, 8]), 2, 'valid'),
  'depthwiseConv2d filter': (x) =>
    tf.depthwiseConv2d(normal<tf.Rank.R4>([2, 9, 8, 8], 'image'), tf.reshape(x, [4, 6, 8, 2]), 1, 'same'),
  'depthwiseConv2d filter, stride 2': (x) =>
    tf.depthwiseConv2d(normal<tf.Rank.R4>([2, 9, 8, 8], 'image'), tf.reshape(x, [4, 6, 8, 2]), 2, 'same'),
};

/** What tfjs cannot differentiate, or cpu's gradient of which is wrong. */
const valuesOnly: ImageOps = {
  all: (x) => float(tf.all(tf.greater(x, -1), 2)),
  any: (x) => float(tf.any(tf.greater(x, 1), [1, 3], true)),
  argMax: (x) => float(tf.argMax(x, 3)),
  argMin: (x) => float(tf.argMin(x, 1)),
  'cast to bool': (x) => float(tf.cast(tf.round(x), 'bool')),
  ceil: (x) => tf.ceil(x),
  comparisons: (x) =>
    tf.addN([
      float(tf.equal(tf.round(x), 1)),
      float(tf.notEqual(tf.round(x), 0)),
      float(tf.greaterEqual(x, 0.1)),
      float(tf.less(x, 0.4)),
      float(tf.lessEqual(x, -0.4)),
    ]),
  cropAndResize: (x) =>
    tf.image.cropAndResize(x, [[0.1, 0.2, 0.9, 1.1], [0, 0, 1, 1]], [0, 1], [3, 4]), // prettier-ignore
  cumprod: (x) => tf.cumprod(x, 2),
  'cumprod exclusive, reverse': (x) => tf.cumprod(x, 2, true, true),
  fft: (x) => {
    const spectrum = tf.spectral.fft(tf.complex(rows(x), tf.sin(rows(x))));
    return tf.concat([tf.real(spectrum), tf.imag(spectrum)]);
  },
  'fft, inverse': (x) => {
    const spectrum = tf.spectral.ifft(tf.complex(rows(x), tf.sin(rows(x))));
    return tf.concat([tf.real(spectrum), tf.imag(spectrum)]);
  },
  floor: (x) => tf.floor(x),
  floorDiv: (x) => tf.floorDiv(x, tf.add(tf.abs(perChannel()), 0.3)),
  'floorDiv of integers': (x) => float(tf.floorDiv(int(x), tf.scalar(-3, 'int32'))),
  'integer arithmetic': (x) => float(tf.sub(tf.mul(int(x), int(x)), tf.abs(int(x)))),
  isFinite: (x) => float(tf.isFinite(tf.div(tf.round(x), tf.round(tf.mul(x, 0.4))))),
  isInf: (x) => float(tf.isInf(tf.div(tf.round(x), tf.round(tf.mul(x, 0.4))))),
  isNaN: (x) => float(tf.isNaN(tf.sqrt(x))),
  'logical operations': (x) =>
    float(
      tf.logicalXor(
        tf.logicalAnd(tf.greater(x, 0), tf.less(x, 1)),
        tf.logicalOr(tf.less(x, -1), tf.logicalNot(tf.greater(x, 0.5))),
      ),
    ),
  mod: (x) => tf.mod(x, tf.scalar(-0.7)),
  'mod of integers': (x) => float(tf.mod(int(x), tf.scalar(3, 'int32'))),
  oneHot: (x) => float(tf.oneHot(tf.argMax(x, 3), 4, 2, -1)),
  'onesLike, zerosLike': (x) => tf.add(tf.mul(x, tf.onesLike(x)), tf.zerosLike(x)),
  range: (x) => tf.mul(x, tf.range(1, 9, 2)),
  'resizeNearestNeighbor, half pixels': (x) => tf.image.resizeNearestNeighbor(x, [9, 5], false, true),
  'real fft, there and back': (x) =>
    tf.mul(tf.spectral.irfft(tf.spectral.rfft(tf.reshape(x, [6, 64]))), normal([6, 64], 'weights')),
  round: (x) => tf.round(tf.mul(x, 2)),
  scatterND: (x) =>
    tf.scatterND(tf.tensor2d([[1, 2], [0, 1], [1, 2]], [3, 2], 'int32'), tf.reshape(tf.slice(x, 0, 1), [3, 64]), [2, 3, 64]), // prettier-ignore
  sign: (x) => tf.sign(tf.round(x)),
  topk: (x) => {
    const { values, indices } = tf.topk(rows(x), 3);
    return tf.concat([values, float(indices)], 1);
  },
  transform: (x) =>
    tf.image.transform(
      firstImage(x),
      tf.tensor2d([[0.9, 0.3, -0.4, -0.2, 1.1, 0.3, 0.01, 0.02]]),
      'bilinear',
    ),
  'transform, nearest': (x) =>
    tf.image.transform(
      firstImage(x),
      tf.tensor2d([[1.13, 0.31, -0.417, -0.23, 0.91, 0.337, 0, 0]]),
      'nearest',
      'constant',
      0.3,
    ),
  'unsortedSegmentSum, beyond the last': (x) =>
    tf.unsortedSegmentSum(rows(x), tf.tensor1d([1, 9], 'int32'), 3),
};

function casesOf(ops: ImageOps, isDifferentiable: boolean): OpCase[] {
  return Object.entries(ops).map(([op, run]) => ({ op, run, isDifferentiable }));
}

export const imageCases: readonly OpCase[] = [
  ...[elementwise, binary, reductions, arrangements, products, indexing, windows, filters].flatMap((ops) =>
    casesOf(ops, true),
  ),
  ...casesOf(valuesOnly, false),
];

const volumeFilter = () => normal<tf.Rank.R5>([3, 3, 3, 3, 2], 'filter');

export const volumeCases: readonly VolumeCase[] = [
  { op: 'avgPool3d', run: (x) => tf.avgPool3d(x, 2, 2, 'valid') },
  { op: 'conv3d', run: (x) => tf.conv3d(x, volumeFilter(), 1, 'same') },
  { op: 'conv3d stride 2', run: (x) => tf.conv3d(x, volumeFilter(), 2, 'same') },
  { op: 'conv3d, relu', run: (x) => tf.relu(tf.add(tf.conv3d(x, volumeFilter(), 1, 'valid'), [0.1, -0.1])) },
  {
    op: 'conv3d filter',
    run: (x) =>
      tf.conv3d(normal<tf.Rank.R5>([2, 5, 6, 6, 4], 'image'), tf.reshape(x, [3, 4, 3, 4, 5]), 1, 'same'),
  },
  { op: 'maxPool3d', run: (x) => tf.maxPool3d(x, 2, 2, 'same') },
  { op: 'maxPool3d, overlapping, stride 2', run: (x) => tf.maxPool3d(tf.relu(x), 3, 2, 'same') },
  { op: 'maxPool3d, overlapping', run: (x) => tf.maxPool3d(x, 3, 1, 'same') },
];
