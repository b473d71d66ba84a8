import { tf } from '@fovea/tensor';

/** The identity, through which no gradient flows. */
export function stopGradient<T extends tf.Tensor>(x: T): T {
  const stopped = tf.customGrad((value) => ({
    value: (value as tf.Tensor).clone(),
    gradFunc: (dy) => tf.zerosLike(dy),
  }));
  return stopped(x) as T;
}
