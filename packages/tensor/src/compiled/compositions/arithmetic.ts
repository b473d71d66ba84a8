import * as tf from '@tensorflow/tfjs';
import type { Composition } from './composition.ts';

type List = Readonly<Record<string, tf.Tensor>>;

/** tfjs looks for an offset and a scale, and ours complements them where they are missing. */
type BatchNormInputs = Readonly<Record<'x' | 'mean' | 'variance' | 'offset' | 'scale', tf.Tensor>>;

/** As one factor and one term per channel, which onnxruntime merges into a convolution before it. */
function batchNorm(
  { x, mean, variance, offset, scale }: BatchNormInputs,
  { varianceEpsilon }: tf.FusedBatchNormAttrs,
): tf.Tensor {
  const factor = tf.mul(tf.rsqrt(tf.add(variance, varianceEpsilon)), scale);
  return tf.add(tf.mul(x, factor), tf.sub(offset, tf.mul(mean, factor)));
}

/** After step i each element is the product of up to 2^i elements before it. */
function cumprod({ x }: { x: tf.Tensor }, { axis, exclusive, reverse }: tf.CumprodAttrs): tf.Tensor {
  const [along] = tf.util.parseAxisParam(axis, x.shape) as [number];
  const length = x.shape[along]!;
  let product = reverse ? tf.reverse(x, along) : x;
  if (exclusive) product = moved(product, along, 1);
  for (let reach = 1; reach < length; reach *= 2) product = tf.mul(product, moved(product, along, reach));
  return reverse ? tf.reverse(product, along) : tf.clone(product);
}

/** Later by some positions, with ones before it. */
function moved(x: tf.Tensor, axis: number, distance: number): tf.Tensor {
  const pads = x.shape.map((): [number, number] => [0, 0]).with(axis, [distance, 0]);
  const size = x.shape.with(axis, x.shape[axis]! - distance);
  return tf.pad(
    tf.slice(
      x,
      x.shape.map(() => 0),
      size,
    ),
    pads,
    1,
  );
}

function range(_: unknown, { start, stop, step, dtype }: tf.RangeAttrs): tf.Tensor {
  const length = Math.max(0, Math.ceil((stop - start) / step));
  return tf.tensor1d(
    Array.from({ length }, (_item, index) => start + index * step),
    dtype,
  );
}

export const arithmeticCompositions: Readonly<Record<string, Composition>> = {
  AddN: (inputs: List) => tf.clone(Object.values(inputs).reduce((a, b) => tf.add(a, b))),
  Cumprod: cumprod,
  EluGrad: ({ dy, y }: { dy: tf.Tensor; y: tf.Tensor }) => tf.mul(dy, tf.add(tf.minimum(y, 0), 1)),
  FusedBatchNorm: batchNorm,
  OnesLike: ({ x }: { x: tf.Tensor }) => tf.fill(x.shape, 1, x.dtype),
  Range: range,
  ZerosLike: ({ x }: { x: tf.Tensor }) => tf.fill(x.shape, 0, x.dtype),
};
