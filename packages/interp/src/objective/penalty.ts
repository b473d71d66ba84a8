/** Objectives on the picture itself, most of them subtracted from another. */
import { tf } from '@fovea/tensor';
import { stopGradient } from '../gradient/stop-gradient.ts';
import { ofBatch, type Objective } from './objective.ts';
import { ObjectiveError } from './objective-error.ts';

/** Weight of the distance from the boundary's grey level, beside that from the blurred picture. */
const boundaryGreyWeight = 0.8;

/** Σ |differences of neighbours|, over the batch (Simonyan et al. 2014). */
export function totalVariation(layer = 'input'): Objective {
  return (activations) => {
    const value = activations.layer(layer);
    return tf.add(variationAlong(value, 1), variationAlong(value, 2));
  };
}

function variationAlong(x: tf.Tensor, axis: 1 | 2): tf.Scalar {
  const size = [...x.shape];
  size[axis] = x.shape[axis]! - 1;
  const next = [0, 0, 0, 0];
  next[axis] = 1;
  return tf.sum(tf.abs(tf.sub(tf.slice(x, next, size), tf.slice(x, [0, 0, 0, 0], size))));
}

/** Σ |x − constant| */
export function l1(
  layer = 'input',
  { constant = 0, batch }: { constant?: number; batch?: number } = {},
): Objective {
  return (activations) => tf.sum(tf.abs(tf.sub(ofBatch(activations.layer(layer), batch), constant)));
}

/** √(epsilon + Σ (x − constant)²) */
export function l2(
  layer = 'input',
  { constant = 0, epsilon = 1e-6, batch }: { constant?: number; epsilon?: number; batch?: number } = {},
): Objective {
  return (activations) => {
    const squares = tf.square(tf.sub(ofBatch(activations.layer(layer), batch), constant));
    return tf.sqrt(tf.add(epsilon, tf.sum(squares)));
  };
}

/** ½ Σ (x − blurred x)²: to minimise it by a step of k is to blur by k (Nguyen et al. 2015). */
export function blurInputEachStep(): Objective {
  return (activations) => distanceFromBlurred(activations.layer('input') as tf.Tensor4D);
}

/** The same for the alpha channel alone. */
export function blurAlphaEachStep(): Objective {
  return (activations) => {
    const picture = activations.layer('input') as tf.Tensor4D;
    const [batch, height, width, channels] = picture.shape;
    if (channels < 4) throw new ObjectiveError('blurAlphaEachStep needs a picture with an alpha channel');
    return distanceFromBlurred(tf.slice(picture, [0, 0, 0, 3], [batch, height, width, 1]));
  };
}

function distanceFromBlurred(x: tf.Tensor4D): tf.Scalar {
  return tf.mul(0.5, tf.sum(tf.square(tf.sub(x, stopGradient(blur(x, 3))))));
}

/** Draws the boundary towards an even grey: −Σ over it of (x − blurred x)² + 0.8 (x − c)². Maximise it. */
export function penalizeBoundaryComplexity({
  w = 20,
  c = 0.5,
  mask,
}: { w?: number; c?: number; mask?: readonly (readonly number[])[] } = {}): Objective {
  return (activations) => {
    const picture = activations.layer('input') as tf.Tensor4D;
    const [, height, width] = picture.shape;
    const rough = tf.square(tf.sub(blur(picture, 5), picture));
    const coloured = tf.mul(boundaryGreyWeight, tf.square(tf.sub(picture, c)));
    const weights = mask ? mask.flat() : boundary(height, width, w);
    const where = tf.tensor4d(weights, [1, height, width, 1]);
    return tf.neg(tf.sum(tf.mul(tf.add(rough, coloured), where)));
  };
}

function boundary(height: number, width: number, w: number): number[] {
  return Array.from({ length: height * width }, (_, index) => {
    const [row, column] = [Math.floor(index / width), index % width];
    const inside = row >= w && row < height - w && column >= w && column < width - w;
    return inside ? 0 : 1;
  });
}

/** Root of the mean squared difference from a picture. @param original [height][width][channels] in [0, 1] */
export function inputDiff(original: readonly (readonly (readonly number[])[])[]): Objective {
  return (activations) => {
    const picture = activations.layer('input');
    const given = tf.tensor(original.flat(2), picture.shape.slice(1));
    return tf.sqrt(tf.mean(tf.square(tf.sub(picture, given))));
  };
}

/** Lucid's blur: weights 1 inside the window and ½ on its rim, averaged over what lies in the picture. */
function blur(x: tf.Tensor4D, size: number): tf.Tensor4D {
  const channels = x.shape[3];
  const kernel = tf.tidy(() => tf.mul(tf.reshape(window(size), [size, size, 1, 1]), tf.eye(channels)));
  const convolve = (value: tf.Tensor4D) => tf.conv2d(value, kernel as tf.Tensor4D, 1, 'same');
  return tf.div(convolve(x), convolve(tf.onesLike(x)));
}

function window(size: number): tf.Tensor1D {
  const rim = (index: number) => index === 0 || index === size - 1;
  return tf.tensor1d(
    Array.from({ length: size * size }, (_, index) =>
      rim(Math.floor(index / size)) || rim(index % size) ? 0.5 : 1,
    ),
  );
}
