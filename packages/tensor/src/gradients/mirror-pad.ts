/** tfjs's gradient of mirrorPad drops what the mirrored borders give to the pixels that they repeat. */
import * as tf from '@tensorflow/tfjs';
import { replaceGradient } from './register.ts';

export function registerMirrorPadGradient(): void {
  replaceGradient({
    kernelName: tf.MirrorPad,
    inputsToSave: ['x'],
    gradFunc: (dy, _saved, attrs) => {
      const { paddings, mode } = attrs as unknown as tf.MirrorPadAttrs;
      return {
        x: () =>
          paddings.reduce<tf.Tensor>(
            (gradient, pads, axis) => foldBorders(gradient, axis, pads, mode === 'reflect' ? 1 : 0),
            dy as tf.Tensor,
          ),
      };
    },
  });
}

/** Folds both borders of one axis back onto its inside; `skip` is 1 where the edge itself is not repeated. */
function foldBorders(
  dy: tf.Tensor,
  axis: number,
  [before, after]: [number, number],
  skip: number,
): tf.Tensor {
  const length = dy.shape[axis]! - before - after;
  let gradient = part(dy, axis, before, length);
  if (before > 0) {
    const border = tf.reverse(part(dy, axis, 0, before), axis);
    gradient = tf.add(gradient, spread(border, axis, skip, length));
  }
  if (after > 0) {
    const border = tf.reverse(part(dy, axis, before + length, after), axis);
    gradient = tf.add(gradient, spread(border, axis, length - after - skip, length));
  }
  return gradient;
}

function part(tensor: tf.Tensor, axis: number, begin: number, size: number): tf.Tensor {
  return tf.slice(tensor, tensor.shape.map(() => 0).with(axis, begin), tensor.shape.with(axis, size));
}

function spread(tensor: tf.Tensor, axis: number, begin: number, length: number): tf.Tensor {
  const pads = tensor.shape.map((): [number, number] => [0, 0]);
  return tf.pad(tensor, pads.with(axis, [begin, length - begin - tensor.shape[axis]!]));
}
