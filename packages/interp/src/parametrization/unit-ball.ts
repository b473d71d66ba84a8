/**
 * Optimising inside a ball, as adversarial examples need. At or beyond the boundary the part of the gradient that
 * points outwards is dropped. Lucid, optvis/param/unit_balls.py; losses are minimised, so a gradient that points
 * against the input pushes it outwards.
 */
import { tf } from '@fovea/tensor';
import { sizeOf, type Field, type ImageShape } from './parametrization.ts';

/** x, or x scaled to length 1 where it is longer. */
export function constrainL2<T extends tf.Tensor>(x: T): T {
  return withGradient(
    x,
    (value) => tf.div(value, tf.maximum(1, tf.norm(value))),
    (value, dy) => {
      const length = tf.norm(value);
      const unit = tf.divNoNan(value, length);
      const along = tf.sum(tf.mul(unit, dy));
      const outwards = tf.logicalAnd(tf.greater(length, 1), tf.less(along, 0));
      return tf.sub(dy, tf.mul(tf.mul(unit, along), tf.cast(outwards, 'float32')));
    },
  );
}

/**
 * x clipped to [-1, 1]. With `precondition` only the signs of the gradient count: the direction of steepest
 * descent under this norm.
 */
export function constrainLInf<T extends tf.Tensor>(x: T, { precondition = false } = {}): T {
  return withGradient(
    x,
    (value) => tf.div(value, tf.maximum(1, tf.abs(value))),
    (value, dy) => {
      const atEdge = tf.greaterEqual(tf.abs(value), 1);
      const outwards = tf.logicalAnd(atEdge, tf.less(tf.mul(value, dy), 0));
      return tf.where(outwards, tf.zerosLike(dy), precondition ? tf.sign(dy) : dy);
    },
  );
}

export function unitBallL2Field(shape: ImageShape): Field {
  return zeroField(shape, constrainL2);
}

export function unitBallLInfField(shape: ImageShape, { precondition = true } = {}): Field {
  return zeroField(shape, (x) => constrainLInf(x, { precondition }));
}

function zeroField(shape: ImageShape, constrain: (x: tf.Tensor4D) => tf.Tensor4D): Field {
  return {
    count: 1,
    initial: () => [{ shape, values: new Float32Array(sizeOf(shape)) }],
    values: ([x]) => constrain(x as tf.Tensor4D),
  };
}

function withGradient<T extends tf.Tensor>(
  x: T,
  forward: (x: tf.Tensor) => tf.Tensor,
  gradient: (x: tf.Tensor, dy: tf.Tensor) => tf.Tensor,
): T {
  const constrained = tf.customGrad((input, save) => {
    const value = input as tf.Tensor;
    (save as tf.GradSaveFunc)([value]);
    return {
      value: forward(value),
      gradFunc: (dy, saved) => gradient(saved[0]!, dy),
    };
  });
  return constrained(x) as T;
}
