/**
 * A ReLU whose unit does not fire passes no gradient, and a visualization that starts there never takes off.
 * Lucid's answer: where the whole gradient of an example would vanish, let that part through which pushes the
 * input towards the active range. https://github.com/tensorflow/lucid, misc/redirected_relu_grad.py
 *
 * Losses are minimised, so a negative gradient pushes the input up.
 */
import { tf } from '@fovea/tensor';

/** @param x [batch, ...], at least rank 2 */
export function redirectedRelu(x: tf.Tensor): tf.Tensor {
  return withRedirectedGradient(x, tf.relu, (value, dy) => {
    const inactive = tf.less(value, 0);
    return { blocked: inactive, pushedAway: tf.logicalAnd(inactive, tf.greater(dy, 0)) };
  });
}

/** @param x [batch, ...], at least rank 2 */
export function redirectedRelu6(x: tf.Tensor): tf.Tensor {
  return withRedirectedGradient(x, tf.relu6, (value, dy) => {
    const inactive = tf.less(value, 0);
    const saturated = tf.greater(value, 6);
    const lower = tf.logicalAnd(inactive, tf.greater(dy, 0));
    const higher = tf.logicalAnd(saturated, tf.less(dy, 0));
    return { blocked: tf.logicalOr(inactive, saturated), pushedAway: tf.logicalOr(lower, higher) };
  });
}

function withRedirectedGradient(
  x: tf.Tensor,
  forward: (x: tf.Tensor) => tf.Tensor,
  regimes: (x: tf.Tensor, dy: tf.Tensor) => { blocked: tf.Tensor; pushedAway: tf.Tensor },
): tf.Tensor {
  const redirected = tf.customGrad((input, save) => {
    const value = input as tf.Tensor;
    (save as tf.GradSaveFunc)([value]);
    return {
      value: forward(value),
      gradFunc: (dyOut, saved) => {
        const dy = dyOut;
        const { blocked, pushedAway } = regimes(saved[0]!, dy);
        const zeros = tf.zerosLike(dy);
        const usual = tf.where(blocked, zeros, dy);
        const axes = dy.shape.map((_, axis) => axis).slice(1);
        const flows = tf.greater(tf.max(tf.abs(usual), axes, true), 0);
        return tf.where(tf.broadcastTo(flows, dy.shape), usual, tf.where(pushedAway, zeros, dy));
      },
    };
  });
  return redirected(x);
}
