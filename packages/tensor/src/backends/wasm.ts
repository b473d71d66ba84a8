import '@tensorflow/tfjs-backend-wasm';
import * as tf from '@tensorflow/tfjs';
import { registerWasmKernels } from '../kernels/wasm/register-all.ts';
import { BackendUnavailableError, type Backend } from './backend.ts';
import { hostDevice } from './host.ts';

registerWasmKernels();

/** XNNPACK and tfjs's own kernels, compiled to WebAssembly with 128-bit SIMD. */
export const wasmBackend: Backend = {
  name: 'wasm',
  async start() {
    if (!(await tf.setBackend('wasm'))) {
      throw new BackendUnavailableError('wasm', 'its WebAssembly module failed to start');
    }
    return { device: hostDevice(), threads: 1 };
  },
};
