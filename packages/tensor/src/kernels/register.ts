import * as tf from '@tensorflow/tfjs';

type Registration = Parameters<typeof tf.registerKernel>[0];

/** Registers a kernel in place of tfjs's own, where there is one. */
export function replaceKernel(config: Registration): void {
  if (tf.getKernel(config.kernelName, config.backendName)) {
    tf.unregisterKernel(config.kernelName, config.backendName);
  }
  tf.registerKernel(config);
}
