/**
 * Max pooling that sends its gradient to the whole window instead of the largest value alone, which gives fewer
 * checkerboards. https://github.com/tensorflow/lucid, optvis/overrides/smoothed_maxpool_grad.py
 */
import { defaultNonlinearities, type Nonlinearities, type Padding } from '@fovea/models';
import { tf } from '@fovea/tensor';
import { stopGradient } from './stop-gradient.ts';

type Window = Parameters<Nonlinearities['maxPool']>[1];

/**
 * The gradient is that of the window's mean (`average`), or of mean(x²) / (0.01 + mean(|x|)) (`l2`), which
 * favours large values.
 */
export function smoothedMaxPool(kind: 'average' | 'l2'): Nonlinearities['maxPool'] {
  return (x, window, stride, padding) => {
    const mean = (value: tf.Tensor4D) => averagePool(value, window, stride, padding);
    const smooth: tf.Tensor4D =
      kind === 'average' ? mean(x) : tf.div(mean(tf.square(x)), tf.add(mean(tf.abs(x)), 1e-2));
    const exact = defaultNonlinearities.maxPool(x, window, stride, padding);
    // Added and taken away again, the smooth value leaves nothing but its gradient.
    return tf.add(smooth, stopGradient(tf.sub<tf.Tensor4D>(exact, smooth)));
  };
}

/** The mean over the part of the window that lies inside. */
export function averagePool(x: tf.Tensor4D, window: Window, stride: Window, padding: Padding): tf.Tensor4D {
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
