/** tfjs has no gradient of depthToSpace. */
import * as tf from '@tensorflow/tfjs';
import { replaceGradient } from './register.ts';

export function registerDepthToSpaceGradient(): void {
  replaceGradient({
    kernelName: tf.DepthToSpace,
    inputsToSave: ['x'],
    gradFunc: (dy, saved, attrs) => {
      const [x] = saved as [tf.Tensor4D];
      const { blockSize, dataFormat } = attrs as unknown as tf.DepthToSpaceAttrs;
      return { x: () => spaceToDepth(dy as tf.Tensor4D, x.shape, blockSize, dataFormat) };
    },
  });
}

function spaceToDepth(
  dy: tf.Tensor4D,
  shape: number[],
  block: number,
  dataFormat: 'NHWC' | 'NCHW',
): tf.Tensor {
  if (dataFormat === 'NCHW') {
    const [batch, channels, height, width] = shape as [number, number, number, number];
    const split = tf.reshape(dy, [batch, channels / (block * block), height, block, width, block]);
    return tf.reshape(tf.transpose(split, [0, 3, 5, 1, 2, 4]), shape);
  }
  const [batch, height, width, channels] = shape as [number, number, number, number];
  const split = tf.reshape(dy, [batch, height, block, width, block, channels / (block * block)]);
  return tf.reshape(tf.transpose(split, [0, 1, 3, 2, 4, 5]), shape);
}
