/** tfjs's gradient of cumsum has the wrong shape along any axis but the last. */
import * as tf from '@tensorflow/tfjs';
import { replaceGradient } from './register.ts';

export function registerCumsumGradient(): void {
  replaceGradient({
    kernelName: tf.Cumsum,
    inputsToSave: ['x'],
    gradFunc: (dy, _saved, attrs) => {
      const { axis, exclusive, reverse } = attrs as unknown as tf.CumsumAttrs;
      return { x: () => tf.cumsum(dy as tf.Tensor, axis, exclusive, !reverse) };
    },
  });
}
