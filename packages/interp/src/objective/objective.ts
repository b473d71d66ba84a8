/**
 * An objective is what a visualization maximises: a scalar function of the activations, as in Lucid
 * (optvis/objectives.py). The leaves are in the files beside this one; expression.ts has them as data.
 */
import { tf } from '@fovea/tensor';
import { ObjectiveError } from './objective-error.ts';

/** What an objective may read. */
export interface Activations {
  /**
   * [batch, height, width, channels], [batch, positions, channels] or [batch, channels]; `input` is the picture
   * before transforms.
   */
  layer(name: string): tf.Tensor;
  /** Class names of the logits, where known. */
  readonly classes?: readonly string[];
  /** The tensor that stands for a list of numbers of the objective. Default: one that holds them. */
  readonly vector?: (values: readonly number[]) => tf.Tensor1D;
}

/** A direction or weights of an objective, [channels]. */
export function vectorOf(activations: Activations, values: readonly number[]): tf.Tensor1D {
  return activations.vector?.(values) ?? tf.tensor1d([...values]);
}

/** @throws ObjectiveError */
export type Objective = (activations: Activations) => tf.Scalar;

/** One picture of the batch, still with a batch axis, or all of them. */
export function ofBatch(x: tf.Tensor, batch: number | undefined): tf.Tensor {
  if (batch === undefined) return x;
  if (batch >= x.shape[0])
    throw new ObjectiveError(
      `There is no picture ${batch} in a batch of ${x.shape[0]}: they are 0 to ${x.shape[0] - 1}`,
    );
  return tf.slice(x, [batch, ...zeros(x.rank - 1)], [1, ...x.shape.slice(1)]);
}

/** [batch, ..., channels] → [batch, ..., 1] */
export function ofChannel(x: tf.Tensor, channel: number): tf.Tensor {
  const last = x.rank - 1;
  if (channel >= x.shape[last]!)
    throw new ObjectiveError(
      `There is no channel ${channel} among ${x.shape[last]}: they are 0 to ${x.shape[last]! - 1}`,
    );
  return tf.slice(x, [...zeros(last), channel], [...x.shape.slice(0, last), 1]);
}

/**
 * One position: `x` indexes rows, `y` columns; default shape // 2. [batch, h, w, channels] → [batch, 1, 1, channels].
 * Of tokens, `x` is the index. [batch, positions, channels] → [batch, 1, channels].
 */
export function ofPosition(layer: tf.Tensor, x: number | undefined, y: number | undefined): tf.Tensor {
  if (layer.rank === 3) return ofToken(layer, x ?? Math.floor(layer.shape[1]! / 2));
  return ofPatch(layer, x ?? Math.floor(layer.shape[1]! / 2), y ?? Math.floor(layer.shape[2]! / 2), 1, 1);
}

function ofToken(layer: tf.Tensor, index: number): tf.Tensor {
  const [batch, positions, channels] = layer.shape as [number, number, number];
  if (index < 0 || index >= positions)
    throw new ObjectiveError(
      `There is no position ${index} among ${positions}: they are 0 to ${positions - 1}`,
    );
  return tf.slice(layer, [0, index, 0], [batch, 1, channels]);
}

/** Rows x … x + height and columns y … y + width. */
export function ofPatch(layer: tf.Tensor, x: number, y: number, height: number, width: number): tf.Tensor {
  const [batch, rows, columns, channels] = layer.shape as [number, number, number, number];
  if (layer.rank !== 4) throw new ObjectiveError('A layer without positions has no neuron at a position');
  if (x < 0 || y < 0 || x + height > rows || y + width > columns)
    throw new ObjectiveError(
      `Rows ${x} to ${x + height - 1}, columns ${y} to ${y + width - 1} are not all in ${rows}×${columns} positions`,
    );
  return tf.slice(layer, [0, x, y, 0], [batch, height, width, channels]);
}

function zeros(count: number): number[] {
  return Array.from({ length: count }, () => 0);
}
