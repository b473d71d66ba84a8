import * as tf from '@tensorflow/tfjs';

/** Whether the current backend computes on the processor, as compiled functions do. */
export function isOnHost(): boolean {
  const name = tf.getBackend();
  if (name !== 'tensorflow') return name === 'wasm' || name === 'cpu';
  return !(tf.backend() as unknown as { readonly isUsingGpuDevice: boolean }).isUsingGpuDevice;
}
