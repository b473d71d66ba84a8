/**
 * tfjs's gradient of resizeBilinear ignores half-pixel centres, and on the cpu backend exchanges height and
 * width. Resizing is a matrix product along each axis, and so is its gradient, with the matrices transposed.
 */
import * as tf from '@tensorflow/tfjs';
import { replaceGradient } from './register.ts';

export function registerResizeBilinearGradient(): void {
  replaceGradient({
    kernelName: tf.ResizeBilinear,
    inputsToSave: ['images'],
    gradFunc: (dy, saved, attrs) => {
      const [images] = saved as [tf.Tensor4D];
      return {
        images: () =>
          shrinkBack(dy as tf.Tensor4D, images.shape, (oldSize, newSize) =>
            weights(oldSize, newSize, attrs as unknown as tf.ResizeBilinearAttrs),
          ),
      };
    },
  });
}

/**
 * The gradient of resizing images to dy's size, along each axis for itself.
 *
 * @param weights the share of each old position in each new one, [1, oldSize, newSize]
 */
export function shrinkBack(
  dy: tf.Tensor4D,
  [batch, height, width, channels]: [number, number, number, number],
  weights: (oldSize: number, newSize: number) => tf.Tensor3D,
): tf.Tensor4D {
  const [, newHeight, newWidth] = dy.shape;
  const rows = tf.matMul(weights(height, newHeight), tf.reshape(dy, [batch, newHeight, newWidth * channels]));
  const columnsFirst = tf.transpose(tf.reshape(rows, [batch, height, newWidth, channels]), [0, 2, 1, 3]);
  const columns = tf.matMul(
    weights(width, newWidth),
    tf.reshape(columnsFirst, [batch, newWidth, height * channels]),
  );
  return tf.transpose(tf.reshape<tf.Rank.R4>(columns, [batch, width, height, channels]), [0, 2, 1, 3]);
}

/** The share of each old position in each new one, [1, oldSize, newSize]. */
function weights(
  oldSize: number,
  newSize: number,
  { alignCorners, halfPixelCenters }: tf.ResizeBilinearAttrs,
): tf.Tensor3D {
  const areEdgesFixed = alignCorners && newSize > 1;
  const scale = areEdgesFixed ? (oldSize - 1) / (newSize - 1) : oldSize / newSize;
  const matrix = new Float32Array(oldSize * newSize);
  for (let position = 0; position < newSize; position++) {
    const source = halfPixelCenters ? scale * (position + 0.5) - 0.5 : scale * position;
    const before = Math.max(0, Math.floor(source));
    const after = Math.min(oldSize - 1, Math.ceil(source));
    matrix[before * newSize + position]! += 1 - (source - before);
    matrix[after * newSize + position]! += source - before;
  }
  return tf.tensor3d(matrix, [1, oldSize, newSize]);
}
