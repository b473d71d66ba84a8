import { tf } from '@fovea/tensor';
import type { Nonlinearities } from './hooked-model.ts';
import { edges } from './window.ts';

/** Below every activation, and finite, so that weighing it by zero gives zero. */
const lowest = -3.4e38;

export const defaultNonlinearities: Nonlinearities = {
  relu: (x) => tf.relu(x),
  relu6: (x) => tf.relu6(x),
  maxPool(x, window, stride, padding) {
    if (typeof padding === 'string') return tf.maxPool(x, window, stride, padding);
    const [top, bottom, left, right] = edges([x.shape[1], x.shape[2]], window, stride, padding);
    const padded = tf.pad(
      x,
      [
        [0, 0],
        [top, bottom],
        [left, right],
        [0, 0],
      ],
      lowest,
    );
    return tf.maxPool(padded, window, stride, 'valid');
  },
};
