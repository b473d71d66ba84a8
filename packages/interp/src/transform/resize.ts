/** Changes of size, bilinear as in TensorFlow 1. The image really becomes larger or smaller. */
import type { tf } from '@fovea/tensor';
import { alongAxis, resizeMap, resizeMatrix } from '../linear-map.ts';
import { separable } from './stage.ts';
import {
  ImageTooSmallError,
  withSize,
  type DrawContext,
  type ImageShape,
  type Transform,
} from './transform.ts';

interface Size {
  readonly height: number;
  readonly width: number;
}

/** By one of these factors. */
export function randomScale(factors: readonly number[]): Transform<Size> {
  return resizeTo(
    (shape, { random }) => scaled(shape, factors[random.integer(factors.length)]!),
    (shape) => scaled(shape, Math.max(...factors)),
  );
}

/** By a factor drawn evenly between two. */
export function randomScaleRange(from: number, to: number): Transform<Size> {
  return resizeTo(
    (shape, { random }) => scaled(shape, from + (to - from) * random.uniform()),
    (shape) => scaled(shape, Math.max(from, to)),
  );
}

/** To a size, by default the model's input. */
export function resize(size: Partial<Size> = {}): Transform<Size> {
  return resizeTo((_, { modelInput }) => ({
    height: size.height ?? modelInput.height,
    width: size.width ?? modelInput.width,
  }));
}

/** Sizes are cut, not rounded, in single precision: Lucid's numbers. */
function scaled(shape: ImageShape, factor: number): Size {
  const cut = (length: number) => Math.trunc(Math.fround(Math.fround(factor) * length));
  const size = { height: cut(shape[1]), width: cut(shape[2]) };
  if (size.height < 1 || size.width < 1) throw new ImageTooSmallError(`scale(${factor})`, shape);
  return size;
}

function resizeTo(
  sizeOf: (shape: ImageShape, context: DrawContext) => Size,
  largestSizeOf = sizeOf,
): Transform<Size> {
  const drawn = (size: Size, shape: ImageShape) => ({
    draw: size,
    shape: withSize(shape, size.height, size.width),
  });
  return {
    draw: (shape, context) => drawn(sizeOf(shape, context), shape),
    largest: (shape, context) => drawn(largestSizeOf(shape, context), shape),
    apply: (image, size) => resizeBilinear(image, size),
    stages: (size, shape) => [
      separable(shape, resizeMap(shape[1], size.height), resizeMap(shape[2], size.width)),
    ],
  };
}

/** @returns [batch, height, width, channels] */
export function resizeBilinear(image: tf.Tensor4D, { height, width }: Size): tf.Tensor4D {
  const [, fromHeight, fromWidth] = image.shape;
  let resized: tf.Tensor = image;
  if (height !== fromHeight) resized = alongAxis(resized, 1, resizeMatrix(fromHeight, height));
  if (width !== fromWidth) resized = alongAxis(resized, 2, resizeMatrix(fromWidth, width));
  return resized as tf.Tensor4D;
}
