/** Objectives on directions of activation space. */
import { tf } from '@fovea/tensor';
import { cosineEpsilon, cosineFloor } from '../constants.ts';
import { ofBatch, ofPatch, ofPosition, vectorOf, type Objective } from './objective.ts';

/** A square whose root has a finite gradient: a layer after ReLU may be silent at a position. */
const leastSquare = 1e-20;

interface DirectionOptions {
  /** Power of the cosine that dot products are multiplied by. 0: the dot product alone. */
  readonly cossimPow?: number;
  readonly batch?: number;
}

/** mean(dot · max(0.1, cosine)^cossimPow) over positions and batch. @param vector [channels] */
export function direction(
  layer: string,
  vector: readonly number[],
  { cossimPow = 0, batch }: DirectionOptions = {},
): Objective {
  return (activations) =>
    dotCosine(ofBatch(activations.layer(layer), batch), vectorOf(activations, vector), cossimPow);
}

/** The same at one position, by default the middle. */
export function directionNeuron(
  layer: string,
  vector: readonly number[],
  { cossimPow = 0, batch, x, y }: DirectionOptions & { readonly x?: number; readonly y?: number } = {},
): Objective {
  return (activations) => {
    const value = ofPosition(ofBatch(activations.layer(layer), batch), x, y);
    return dotCosine(value, vectorOf(activations, vector), cossimPow);
  };
}

/** A direction for each position of a patch in the middle of the layer. @param tensor [height][width][channels] */
export function tensorDirection(
  layer: string,
  tensor: readonly (readonly (readonly number[])[])[],
  { cossimPow = 0 }: { readonly cossimPow?: number } = {},
): Objective {
  return (activations) => {
    const value = activations.layer(layer);
    const [height, width] = [tensor.length, tensor[0]!.length];
    const [, rows, columns] = value.shape as [number, number, number];
    const top = Math.floor((rows - height) / 2);
    const left = Math.floor((columns - width) / 2);
    const patch = ofPatch(value, top, left, height, width);
    return dotCosine(patch, tf.tensor(tensor.flat(2), [height, width, value.shape.at(-1)!]), cossimPow);
  };
}

/** The cosine alone; Lucid divides it by the number of channels, as the mean over them. */
export function directionCossim(layer: string, vector: readonly number[], batch?: number): Objective {
  return (activations) => {
    const value = ofBatch(activations.layer(layer), batch);
    const along = vectorOf(activations, vector);
    const norms = tf.mul(norm(value), norm(along));
    return tf.mean(tf.div(tf.mul(value, along), norms));
  };
}

/** Both [..., channels], of shapes that broadcast. */
function dotCosine(value: tf.Tensor, along: tf.Tensor, cossimPow: number): tf.Scalar {
  const dot = tf.sum(tf.mul(value, along), -1, true);
  if (cossimPow === 0) return tf.mean(dot);
  const norms = tf.mul(tf.add(norm(value), cosineEpsilon), tf.add(norm(along), cosineEpsilon));
  const cosine = tf.maximum(cosineFloor, tf.div(dot, norms));
  return tf.mean(tf.mul(dot, tf.pow(cosine, cossimPow)));
}

/** Over the last axis, which is kept. */
function norm(x: tf.Tensor): tf.Tensor {
  return tf.sqrt(tf.maximum(tf.sum(tf.square(x), -1, true), leastSquare));
}
