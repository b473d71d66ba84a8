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
      ...(mode === 'nearest' && { nearest_mode: alignCorners ? 'round_prefer_ceil' : 'floor' }),
    });
    to.setPlanar(y!, resized);
  };

export const resizeLowerings: Readonly<Record<string, Lower>> = {
  ResizeBilinear: resize('linear'),
  ResizeNearestNeighbor: resize('nearest'),
};
