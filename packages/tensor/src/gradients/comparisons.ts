/**
 * tfjs has a gradient of greaterEqual only, so that `where(greater(x, 0), x, y)` cannot be differentiated by x. A
 * comparison is constant wherever it has a derivative.
 */
import * as tf from '@tensorflow/tfjs';
import { replaceGradient } from './register.ts';

export function registerComparisonGradients(): void {
  for (const kernelName of [
    tf.Equal,
    tf.NotEqual,
    tf.Greater,
    tf.Less,
    tf.LessEqual,
    tf.LogicalAnd,
    tf.LogicalOr,
  ]) {
    replaceGradient({
      kernelName,
      inputsToSave: ['a', 'b'],
      gradFunc: (_dy, [a, b]) => ({ a: () => tf.zeros(a!.shape), b: () => tf.zeros(b!.shape) }),
    });
  }
  replaceGradient({
    kernelName: tf.LogicalNot,
    inputsToSave: ['x'],
    gradFunc: (_dy, [x]) => ({ x: () => tf.zeros(x!.shape) }),
  });
}
