/** tfjs has no gradient of gatherND. */
import * as tf from '@tensorflow/tfjs';
import { replaceGradient } from './register.ts';

export function registerGatherNdGradient(): void {
  replaceGradient({
    kernelName: tf.GatherNd,
    inputsToSave: ['params', 'indices'],
    gradFunc: (dy, saved) => {
      const [params, indices] = saved as [tf.Tensor, tf.Tensor];
      return { params: () => tf.scatterND(indices, dy as tf.Tensor, params.shape) };
    },
  });
}
