import * as tf from '@tensorflow/tfjs';

/**
 * Why a loop is to run op by op on the current backend though it could be compiled; undefined where nothing speaks
 * for that, or where FOVEA_PROVIDER asks for compiled ones.
 */
export function reasonForEager(): string | undefined {
  if (process.env.FOVEA_PROVIDER) return undefined;
  if (process.env.FOVEA_BACKEND) return `FOVEA_BACKEND asks for ${process.env.FOVEA_BACKEND}`;
  return isOnHost() ? undefined : 'the backend computes on a GPU, and compiled functions on the processor';
}

function isOnHost(): boolean {
  const name = tf.getBackend();
  if (name !== 'tensorflow') return name === 'wasm' || name === 'cpu';
  return !(tf.backend() as unknown as { readonly isUsingGpuDevice: boolean }).isUsingGpuDevice;
}
