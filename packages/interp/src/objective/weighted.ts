/** Lucent's objectives with a weight for each channel. https://github.com/greentfrapp/lucent */
import { tf } from '@fovea/tensor';
import { ofBatch, ofPatch, ofPosition, vectorOf, type Objective } from './objective.ts';

interface Position {
  readonly x?: number;
  readonly y?: number;
  readonly batch?: number;
}

/** Weighted mean of the channels at one position. */
export function neuronWeight(
  layer: string,
  weights: readonly number[],
  { x, y, batch }: Position = {},
): Objective {
  return (activations) =>
    weighted(ofPosition(ofBatch(activations.layer(layer), batch), x, y), vectorOf(activations, weights));
}

/** Weighted mean of the channels over all positions. */
export function channelWeight(layer: string, weights: readonly number[], batch?: number): Objective {
  return (activations) => weighted(ofBatch(activations.layer(layer), batch), vectorOf(activations, weights));
}

/** Weighted mean of the channels over wx rows from x and wy columns from y. */
export function localgroupWeight(
  layer: string,
  weights: readonly number[],
  { x, y, wx, wy, batch }: Position & { readonly wx: number; readonly wy: number },
): Objective {
  return (activations) => {
    const value = ofBatch(activations.layer(layer), batch);
    const [, rows, columns] = value.shape as [number, number, number];
    const patch = ofPatch(value, x ?? Math.floor(rows / 2), y ?? Math.floor(columns / 2), wx, wy);
    return weighted(patch, vectorOf(activations, weights));
  };
}

function weighted(x: tf.Tensor, weights: tf.Tensor1D): tf.Scalar {
  return tf.mean(tf.mul(x, weights));
}
