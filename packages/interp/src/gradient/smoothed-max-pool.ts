/**
 * Max pooling that sends its gradient to the whole window instead of the largest value alone, which gives fewer
 * checkerboards. https://github.com/tensorflow/lucid, optvis/overrides/smoothed_maxpool_grad.py
 */
import { defaultNonlinearities, type Nonlinearities, type Padding } from '@fovea/models';
import { tf } from '@fovea/tensor';

type Window = Parameters<Nonlinearities['maxPool']>[1];

/**
 * The gradient is that of the window's mean (`average`), or of mean(x²) / (0.01 + mean(|x|)) (`l2`), which
 * favours large values.
 */
export function smoothedMaxPool(kind: 'average' | 'l2'): Nonlinearities['maxPool'] {
  return (x, window, stride, padding) => {
    const mean = (value: tf.Tensor4D) => averagePool(value, window, stride, padding);
    const smooth = (input: tf.Tensor): tf.Tensor => {
      const value = input as tf.Tensor4D;
      if (kind === 'average') return mean(value);
      return tf.div(mean(tf.square(value)), tf.add(mean(tf.abs(value)), 1e-2));
    };
    const pool = tf.customGrad((input, save) => {
      const value = input as tf.Tensor4D;
      (save as tf.GradSaveFunc)([value]);
      return {
        value: defaultNonlinearities.maxPool(value, window, stride, padding),
        gradFunc: (dy, saved) => tf.grad(smooth)(saved[0]!, dy),
      };
    });
    return pool(x) as tf.Tensor4D;
  };
}

/** The mean over the part of the window that lies inside. */
function averagePool(x: tf.Tensor4D, window: Window, stride: Window, padding: Padding): tf.Tensor4D {
  if (typeof padding === 'string') return tf.avgPool(x, window, stride, padding);
  const [top, bottom, left, right] = padding;
  const pool = (value: tf.Tensor4D) => {
    const padded = tf.pad(value, [
      [0, 0],
      [top, bottom],
      [left, right],
      [0, 0],
    ]);
    return tf.avgPool(padded, window, stride, 'valid');
  };
  return tf.div(pool(x), pool(tf.onesLike(x)));
}
