import { tf } from '@fovea/tensor';
import { fixedStage } from './stage.ts';
import type { Transform } from './transform.ts';

/** Leaves the image as it is, and gives each picture's gradient length 1, or the length that `scales` names. */
export function normalizeGradient(scales?: readonly number[]): Transform<null> {
  const normalized = tf.customGrad((image) => ({
    value: (image as tf.Tensor4D).clone(),
    gradFunc(dyOut) {
      const dy = dyOut as tf.Tensor4D;
      const length = tf.sqrt(tf.sum(tf.square(dy), [1, 2, 3], true));
      const unit = tf.divNoNan(dy, length);
      return scales ? tf.mul(unit, tf.tensor4d([...scales], [scales.length, 1, 1, 1])) : unit;
    },
  }));
  return {
    draw: (shape) => ({ draw: null, shape }),
    apply: (image) => normalized(image) as tf.Tensor4D,
    stages: (_, shape) => [
      fixedStage(
        `normalizeGradient ${scales?.join() ?? ''}`,
        shape,
        (image) => normalized(image) as tf.Tensor4D,
      ),
    ],
  };
}
