import * as tf from '@tensorflow/tfjs';

export type GradientConfig = Parameters<typeof tf.registerGradient>[0];

/** Registers a gradient in place of tfjs's own, where there is one. It serves every backend. */
export function replaceGradient(config: GradientConfig): void {
  if (tf.getGradient(config.kernelName)) tf.unregisterGradient(config.kernelName);
  tf.registerGradient(config);
}
