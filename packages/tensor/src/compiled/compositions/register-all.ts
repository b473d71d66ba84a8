import * as tf from '@tensorflow/tfjs';
import { registerEinsum } from '../../kernels/einsum.ts';
import { namingKernel } from '../unsupported.ts';
import { arithmeticCompositions } from './arithmetic.ts';
import { arrangementCompositions } from './arrangement.ts';
import type { Composition } from './composition.ts';
import { fourierCompositions } from './fourier.ts';
import { resamplingCompositions } from './resampling.ts';

/** By kernel. */
export const compositions: Readonly<Record<string, Composition>> = {
  ...arithmeticCompositions,
  ...arrangementCompositions,
  ...fourierCompositions,
  ...resamplingCompositions,
};

export function registerCompositions(backendName: 'symbolic'): void {
  for (const [kernelName, compose] of Object.entries(compositions)) {
    tf.registerKernel({
      kernelName,
      backendName,
      kernelFunc: ({ inputs, attrs }) =>
        namingKernel(kernelName, () => tf.tidy(() => compose(inputs as never, attrs as never))),
    });
  }
  registerEinsum(backendName);
}
