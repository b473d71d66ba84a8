/** tfjs has no gradient of stridedSlice. */
import * as tf from '@tensorflow/tfjs';
import { replaceGradient } from './register.ts';

export function registerStridedSliceGradient(): void {
  replaceGradient({
    kernelName: tf.StridedSlice,
    inputsToSave: ['x'],
    gradFunc: (dy, saved, attrs) => {
      const [x] = saved as [tf.Tensor];
      return { x: () => putBack(dy as tf.Tensor, x, attrs as unknown as tf.StridedSliceAttrs) };
    },
  });
}

/**
 * The same slice of a tensor that counts its elements tells where each value came from, whatever the masks. It
 * counts in float32 (exact to 2^24), since WASM's kernel garbles integers.
 */
function putBack(dy: tf.Tensor, x: tf.Tensor, attrs: tf.StridedSliceAttrs): tf.Tensor {
  const places = tf.stridedSlice(
    tf.reshape(tf.range(0, x.size), x.shape),
    attrs.begin,
    attrs.end,
    attrs.strides,
    attrs.beginMask,
    attrs.endMask,
    attrs.ellipsisMask,
    attrs.newAxisMask,
    attrs.shrinkAxisMask,
  );
  const ids = tf.cast(tf.reshape<tf.Rank.R1>(places, [-1]), 'int32');
  const flat = tf.unsortedSegmentSum(tf.reshape(dy, [-1]), ids, x.size);
  return tf.reshape(flat, x.shape);
}
