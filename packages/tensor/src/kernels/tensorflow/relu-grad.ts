/** TensorFlow's own op for the gradient of relu, which `gradients/relu.ts` calls where it is registered. */
import type * as tf from '@tensorflow/tfjs';
import { reluGrad } from '../../gradients/relu.ts';
import { replaceKernel } from '../register.ts';
import { runRawOp } from './raw-op.ts';

export function registerReluGrad(): void {
  replaceKernel({
    kernelName: reluGrad,
    backendName: 'tensorflow',
    kernelFunc: ({ inputs, backend }) => {
      const { dy, x } = inputs as Record<'dy' | 'x', tf.TensorInfo>;
      return runRawOp(backend, { name: 'ReluGrad', inputs: [dy, x], typeAttribute: 'T' });
    },
  });
}
