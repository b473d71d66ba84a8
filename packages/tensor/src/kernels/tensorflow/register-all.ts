import { mendConv2DBackprop } from './conv2d-backprop.ts';
import { registerReluGrad } from './relu-grad.ts';
import { registerTransform } from './transform.ts';

/** Adds the kernels that tfjs-node lacks and mends those that refuse some input, after it registered its own. */
export function registerTensorflowKernels(): void {
  mendConv2DBackprop();
  registerReluGrad();
  registerTransform();
}
