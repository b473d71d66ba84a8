/** tfjs's gradient of squaredDifference has the shape of the result, whatever was broadcast. */
import * as tf from '@tensorflow/tfjs';
import { replaceGradient } from './register.ts';

export function registerSquaredDifferenceGradient(): void {
  replaceGradient({
    kernelName: tf.SquaredDifference,
    inputsToSave: ['a', 'b'],
    gradFunc: (dy, saved) => {
      const [a, b] = saved as [tf.Tensor, tf.Tensor];
      const towardsA = () => tf.mul(dy as tf.Tensor, tf.mul(2, tf.sub(a, b)));
      return {
        a: () => sumToShape(towardsA(), a.shape),
        b: () => sumToShape(tf.neg(towardsA()), b.shape),
      };
    },
  });
}

function sumToShape(gradient: tf.Tensor, shape: number[]): tf.Tensor {
  const axes = tf.broadcast_util.getReductionAxes(shape, gradient.shape);
  return tf.reshape(axes.length > 0 ? tf.sum(gradient, axes) : gradient, shape);
}
