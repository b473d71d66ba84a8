/** Kernels that are nothing but other kernels: their functions run tfjs's own ops, which are recorded in turn. */
import * as tf from '@tensorflow/tfjs';
import { registerEinsum } from '../kernels/einsum.ts';

type Composition = (inputs: never, attributes: never) => tf.Tensor | tf.Tensor[];

export function registerCompositions(backendName: 'symbolic'): void {
  for (const [kernelName, compose] of Object.entries(compositions)) {
    tf.registerKernel({
      kernelName,
      backendName,
      kernelFunc: ({ inputs, attrs }) => tf.tidy(() => compose(inputs as never, attrs as never)),
    });
  }
  registerEinsum(backendName);
}

const listOf = (inputs: Readonly<Record<string, tf.Tensor>>) => Object.values(inputs);

const compositions: Readonly<Record<string, Composition>> = {
  AddN: (inputs: Record<string, tf.Tensor>) => tf.clone(listOf(inputs).reduce((a, b) => tf.add(a, b))),
  ExpandDims: ({ input }: { input: tf.Tensor }, { dim }: tf.ExpandDimsAttrs) =>
    tf.reshape(input, input.shape.toSpliced(dim < 0 ? dim + input.rank + 1 : dim, 0, 1)),
  Pack: (inputs: Record<string, tf.Tensor>, { axis }: tf.PackAttrs) =>
    tf.concat(
      listOf(inputs).map((tensor) => tf.expandDims(tensor, axis)),
      axis,
    ),
  Unpack: ({ value }: { value: tf.Tensor }, { axis }: tf.UnpackAttrs) =>
    tf.split(value, value.shape.at(axis)!, axis).map((part) => tf.squeeze(part, [axis])),
  OnesLike: ({ x }: { x: tf.Tensor }) => tf.fill(x.shape, 1, x.dtype),
  ZerosLike: ({ x }: { x: tf.Tensor }) => tf.fill(x.shape, 0, x.dtype),
  Range: (_: unknown, { start, stop, step, dtype }: tf.RangeAttrs) =>
    tf.tensor1d(
      Array.from({ length: Math.ceil((stop - start) / step) }, (_, index) => start + index * step),
      dtype,
    ),
  EluGrad: ({ dy, y }: { dy: tf.Tensor; y: tf.Tensor }) => tf.mul(dy, tf.add(tf.minimum(y, 0), 1)),
  FusedBatchNorm: batchNorm,
};

/** As one factor and one term per channel, which onnxruntime merges into a convolution before it. */
function batchNorm(
  inputs: Readonly<Record<'x' | 'mean' | 'variance' | 'offset' | 'scale', tf.Tensor>>,
  { varianceEpsilon }: tf.FusedBatchNormAttrs,
): tf.Tensor {
  const { x, mean, variance, offset, scale } = inputs;
  const factor = tf.mul(tf.rsqrt(tf.add(variance, varianceEpsilon)), scale);
  return tf.add(tf.mul(x, factor), tf.sub(offset, tf.mul(mean, factor)));
}
