/** Convolutions, pools, and other kernels that slide over space. */
import type * as tf from '@tensorflow/tfjs';
import type { TensorType } from '../graph.ts';
import { convolution2D, convolution3D, outputShape, pool2D, pool3D } from '../windows.ts';
import { requireThat, type ShapeRule } from './shape-rule.ts';

type Filtered = { readonly x: TensorType; readonly filter: TensorType };
type Unary = { readonly x: TensorType };
type Backward = { readonly dy: TensorType };

function conv2D({ x, filter }: Filtered, attributes: tf.Conv2DAttrs): TensorType {
  requireThat(attributes.dataFormat === 'NHWC', 'only in NHWC');
  return { shape: outputShape(convolution2D(x.shape, filter.shape, attributes)), dtype: x.dtype };
}

function depthwiseConv2D({ x, filter }: Filtered, attributes: tf.DepthwiseConv2dNativeAttrs): TensorType {
  requireThat(attributes.dataFormat === 'NHWC', 'only in NHWC');
  return { shape: outputShape(convolution2D(x.shape, filter.shape, attributes, true)), dtype: x.dtype };
}

function conv3D({ x, filter }: Filtered, attributes: tf.Conv3DAttrs): TensorType {
  requireThat(attributes.dataFormat === 'NDHWC', 'only in NDHWC');
  return { shape: outputShape(convolution3D(x.shape, filter.shape, attributes)), dtype: x.dtype };
}

function ofInput({ dy }: Backward, { inputShape }: { inputShape: number[] }): TensorType {
  return { shape: inputShape, dtype: dy.dtype };
}

function ofFilter({ dy }: Backward, { filterShape }: { filterShape: number[] }): TensorType {
  return { shape: filterShape, dtype: dy.dtype };
}

function pooled2D({ x }: Unary, attributes: tf.MaxPoolAttrs): TensorType {
  return { shape: outputShape(pool2D(x.shape, attributes)), dtype: x.dtype };
}

function pooled3D({ x }: Unary, attributes: tf.MaxPool3DAttrs): TensorType {
  requireThat(attributes.dataFormat === 'NDHWC', 'only in NDHWC');
  return { shape: outputShape(pool3D(x.shape, attributes)), dtype: x.dtype };
}

function poolGradient({ input }: { input: TensorType }): TensorType {
  return { shape: input.shape, dtype: input.dtype };
}

function sameAsX({ x }: Unary): TensorType {
  return { shape: x.shape, dtype: x.dtype };
}

function resized({ images }: { images: TensorType }, { size }: tf.ResizeBilinearAttrs): TensorType {
  const [batch, , , channels] = images.shape as [number, number, number, number];
  return { shape: [batch, ...size, channels], dtype: 'float32' };
}

export const windowedShapes: Readonly<Record<string, ShapeRule>> = {
  Conv2D: conv2D,
  Conv2DBackpropFilter: ofFilter,
  Conv2DBackpropInput: ofInput,
  Conv3D: conv3D,
  Conv3DBackpropFilterV2: ofFilter,
  Conv3DBackpropInputV2: ofInput,
  DepthwiseConv2dNative: depthwiseConv2D,
  DepthwiseConv2dNativeBackpropFilter: ofFilter,
  DepthwiseConv2dNativeBackpropInput: ofInput,
  AvgPool: pooled2D,
  AvgPool3D: pooled3D,
  AvgPool3DGrad: poolGradient,
  AvgPoolGrad: poolGradient,
  MaxPool: pooled2D,
  MaxPool3D: pooled3D,
  MaxPool3DGrad: poolGradient,
  MaxPoolGrad: poolGradient,
  LRN: sameAsX,
  LRNGrad: sameAsX,
  ResizeBilinear: resized,
  ResizeNearestNeighbor: resized,
};
