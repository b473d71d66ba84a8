import { tf } from '@fovea/tensor';
import type { Hook } from './hooked-model.ts';

/** The value itself; on the way back, shows its gradient to `hook`, and what that returns flows on. */
export function tapGradient(name: string, value: tf.Tensor, hook: Hook): tf.Tensor {
  const tapped = tf.customGrad((x) => ({
    value: (x as tf.Tensor).clone(),
    gradFunc: (gradient: tf.Tensor) => [hook(name, gradient) || gradient],
  }));
  return tapped(value);
}
