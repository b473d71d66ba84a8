import type * as tf from '@tensorflow/tfjs';

/**
 * A kernel that is nothing but other kernels: it runs tfjs's own ops, which are recorded in its place. Each declares
 * the inputs and attributes of its own kernel.
 */
export type Composition = (inputs: never, attributes: never) => tf.Tensor | tf.Tensor[];
