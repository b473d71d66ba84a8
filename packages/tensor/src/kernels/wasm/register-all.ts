import { mendAvgPoolGrad } from '../avg-pool-grad.ts';
import { registerEinsum } from '../einsum.ts';
import { registerBatchMatMul } from './batch-mat-mul.ts';
import { registerConv2DBackprop } from './conv2d-backprop.ts';
import { registerDepthwiseConv2dBackprop } from './depthwise-conv2d-backprop.ts';
import { registerIdentity } from './identity.ts';
import { registerMaxPoolGrad } from './max-pool-grad.ts';
import { registerSlice } from './slice.ts';
import { registerUnsortedSegmentSum } from './unsorted-segment-sum.ts';

/** Adds the kernels that WASM lacks and replaces those that are slow or wrong, before the backend starts. */
export function registerWasmKernels(): void {
  registerIdentity();
  registerBatchMatMul();
  registerConv2DBackprop();
  registerDepthwiseConv2dBackprop();
  registerEinsum('wasm');
  mendAvgPoolGrad('wasm');
  registerMaxPoolGrad();
  registerSlice();
  registerUnsortedSegmentSum();
}
