import * as tf from '@tensorflow/tfjs';
import { nearest, readBilinearly } from '../../gradients/bilinear.ts';
import { croppedPlaces } from '../../gradients/crop-and-resize.ts';
import { shrinkBack } from '../../gradients/resize-bilinear.ts';
import { transformedPlaces } from '../../gradients/transform.ts';
import { requireThat } from '../shapes/shape-rule.ts';
import type { Composition } from './composition.ts';

function cropAndResize(
  { image, boxes, boxInd }: { image: tf.Tensor4D; boxes: tf.Tensor2D; boxInd: tf.Tensor1D },
  { cropSize, method, extrapolationValue }: tf.CropAndResizeAttrs,
): tf.Tensor {
  const { inside, ...places } = croppedPlaces(boxes, boxInd, image.shape, cropSize);
  const read = readBilinearly(image, method === 'nearest' ? nearest(places) : places, extrapolationValue);
  const crops = tf.reshape(read, [boxes.shape[0], ...cropSize, image.shape[3]]);
  return tf.where(
    tf.broadcastTo(tf.expandDims(inside, -1), crops.shape),
    crops,
    tf.scalar(extrapolationValue),
  );
}

function transform(
  { image, transforms }: { image: tf.Tensor4D; transforms: tf.Tensor2D },
  { interpolation, fillMode, fillValue, outputShape }: tf.TransformAttrs,
): tf.Tensor {
  requireThat(fillMode === 'constant', 'only with fill mode "constant"');
  const [batch, height, width, channels] = image.shape;
  const shape = [batch, ...(outputShape ?? [height, width]), channels];
  const places = transformedPlaces(transforms, shape);
  return tf.reshape(
    readBilinearly(image, interpolation === 'nearest' ? nearest(places) : places, fillValue),
    shape,
  );
}

/** tfjs's own kernels ignore half-pixel centres. */
function resizeNearestNeighborGrad(
  { dy, images }: { dy: tf.Tensor4D; images: tf.Tensor4D },
  { alignCorners, halfPixelCenters }: tf.ResizeNearestNeighborAttrs,
): tf.Tensor {
  return shrinkBack(dy, images.shape, (oldSize, newSize) => {
    const areEdgesFixed = alignCorners && newSize > 1;
    const scale = areEdgesFixed ? (oldSize - 1) / (newSize - 1) : oldSize / newSize;
    const selected = new Float32Array(oldSize * newSize);
    for (let position = 0; position < newSize; position++) {
      const source = scale * (halfPixelCenters ? position + 0.5 : position);
      const chosen = Math.min(oldSize - 1, alignCorners ? Math.round(source) : Math.floor(source));
      selected[chosen * newSize + position] = 1;
    }
    return tf.tensor3d(selected, [1, oldSize, newSize]);
  });
}

export const resamplingCompositions: Readonly<Record<string, Composition>> = {
  CropAndResize: cropAndResize,
  ResizeNearestNeighborGrad: resizeNearestNeighborGrad,
  Transform: transform,
};
