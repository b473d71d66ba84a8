/** WASM's own Identity copies the values; every `clone`, and every gradient of an addition, goes through it. */
import * as tf from '@tensorflow/tfjs';
import { replaceKernel } from '../register.ts';
import type { WasmBackend } from './heap.ts';

export function registerIdentity(): void {
  replaceKernel({
    kernelName: tf.Identity,
    backendName: 'wasm',
    kernelFunc: ({ inputs, backend }) => {
      const { dataId, shape, dtype } = inputs.x as tf.TensorInfo;
      (backend as WasmBackend).incRef(dataId);
      return { dataId, shape, dtype };
    },
  });
}
