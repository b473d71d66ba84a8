import * as tf from '@tensorflow/tfjs';
import { mendAvgPoolGrad } from '../kernels/avg-pool-grad.ts';
import { registerEinsum } from '../kernels/einsum.ts';
import { registerUnsortedSegmentSum } from '../kernels/unsorted-segment-sum.ts';
import type { Backend } from './backend.ts';
import { hostDevice } from './host.ts';

mendAvgPoolGrad('cpu');
registerEinsum('cpu');
registerUnsortedSegmentSum();

/** Plain JavaScript: some thirty times slower than WASM, but it runs everywhere. */
export const cpuBackend: Backend = {
  name: 'cpu',
  async start() {
    await tf.setBackend('cpu');
    return { device: hostDevice(), threads: 1 };
  },
};
