import type * as tf from '@tensorflow/tfjs';
import { toPlanar } from './layout.ts';
import type { Lower } from './lowering.ts';

const resize =
  (mode: 'linear' | 'nearest'): Lower =>
  ({ inputs, attributes, outputs: [y] }, to) => {
    const { alignCorners, halfPixelCenters } = attributes as unknown as tf.ResizeBilinearAttrs;
    const sizes = to.onnx.integers(toPlanar(y!.shape));
    const unaligned = halfPixelCenters ? 'half_pixel' : 'asymmetric';
    const resized = to.onnx.node('Resize', [to.planar(inputs.images!), '', '', sizes], {
      mode,
      coordinate_transformation_mode: alignCorners ? 'align_corners' : unaligned,
      // tfjs's nearest pixel at half-pixel centres is the floor of the position before half a pixel is taken off.
      nearest_mode: alignCorners || halfPixelCenters ? 'round_prefer_ceil' : 'floor',
    });
    to.setPlanar(y!, resized);
  };

export const resizeLowerings: Readonly<Record<string, Lower>> = {
  ResizeBilinear: resize('linear'),
  ResizeNearestNeighbor: resize('nearest'),
};
