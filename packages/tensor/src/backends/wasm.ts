import '@tensorflow/tfjs-backend-wasm';
import * as tf from '@tensorflow/tfjs';
import { registerWasmKernels } from '../kernels/wasm/register-all.ts';
import { BackendUnavailableError, type Backend } from './backend.ts';
import { hostDevice } from './host.ts';
import { defaultThreads, withThreads } from './wasm-threads.ts';

registerWasmKernels();

/** XNNPACK and tfjs's own kernels, compiled to WebAssembly with 128-bit SIMD. */
export const wasmBackend: Backend = {
  name: 'wasm',
  async start({ threads = defaultThreads() }) {
    const started = await (threads > 1
      ? withThreads(threads, () => tf.setBackend('wasm'))
      : tf.setBackend('wasm'));
    if (!started) throw new BackendUnavailableError('wasm', 'its WebAssembly module failed to start');
    return { device: hostDevice(), threads };
  },
};
