import { mendBatchNorm } from './batch-norm.ts';
import { registerComparisonGradients } from './comparisons.ts';
import { registerConv2DGradient } from './conv2d.ts';
import { registerCropAndResizeGradient } from './crop-and-resize.ts';
import { registerCumsumGradient } from './cumsum.ts';
import { registerDepthToSpaceGradient } from './depth-to-space.ts';
import { registerEinsumGradient } from './einsum.ts';
import { registerGatherNdGradient } from './gather-nd.ts';
import { registerMirrorPadGradient } from './mirror-pad.ts';
import { registerReluGradient } from './relu.ts';
import { registerResizeBilinearGradient } from './resize-bilinear.ts';
import { registerSquaredDifferenceGradient } from './squared-difference.ts';
import { registerStridedSliceGradient } from './strided-slice.ts';
import { registerTransformGradient } from './transform.ts';

/** Adds the gradients that tfjs lacks and replaces those that are wrong, for every backend. */
export function registerGradients(): void {
  mendBatchNorm();
  registerComparisonGradients();
  registerConv2DGradient();
  registerCropAndResizeGradient();
  registerCumsumGradient();
  registerDepthToSpaceGradient();
  registerEinsumGradient();
  registerGatherNdGradient();
  registerMirrorPadGradient();
  registerReluGradient();
  registerResizeBilinearGradient();
  registerSquaredDifferenceGradient();
  registerStridedSliceGradient();
  registerTransformGradient();
}
