/** What a run of a sweep gives of a layer: small next to the layer's values, which never leave the graph. */
import type { HookPoint } from '@fovea/models';
import { tf } from '@fovea/tensor';
import { layerAxes, unitsByPositions } from '../layer-axes.ts';
import type { HistogramRange, SweepSettings } from './settings.ts';
import type { TokenGroup } from './token-groups.ts';

/** Of each image by itself unless said otherwise, so that no sum depends on which images share a batch. */
export interface Reductions<T> {
  /** [batch, units], as the next four. */
  readonly sum: T;
  readonly squares: T;
  readonly minimum: T;
  readonly maximum: T;
  /** How many positions are above zero. */
  readonly positive: T;
  /** [units, candidates], highest first or by image. */
  readonly topValues: T;
  /** Image in the batch · positions + position. */
  readonly topPlaces: T;
  /** [units, bins + 2], over the whole batch: below the range, in its bins, above it. */
  readonly histogram?: T;
}

/**
 * @param value of the layer [batch, ...]
 * @param valid [batch], 1 for images and 0 for what fills the last batch up
 */
export function reduceLayer(
  value: tf.Tensor,
  valid: tf.Tensor1D,
  { point, group, settings }: { point: HookPoint; group: TokenGroup; settings: SweepSettings },
): Reductions<tf.Tensor> {
  const x = unitsByPositions(ofGroup(value, point, group), layerAxes(groupPoint(point, group)));
  return {
    sum: x.sum(-1),
    squares: x.square().sum(-1),
    minimum: x.min(-1),
    maximum: x.max(-1),
    positive: x.greater(0).cast('float32').sum(-1),
    ...top(x, valid, settings),
    ...(settings.histogram && { histogram: histogram(x, valid, settings.histogram) }),
  };
}

/** The layer as if it had the group's tokens only. */
export function groupPoint(point: HookPoint, group: TokenGroup): Pick<HookPoint, 'axes' | 'shape'> {
  const shape = point.shape.map((length, place) => (point.axes[place] === 'position' ? group.count : length));
  return { axes: point.axes, shape };
}

/** The values of the tokens of a group. */
export function ofGroup(value: tf.Tensor, { axes }: HookPoint, { tokens, start, count }: TokenGroup): tf.Tensor {
  if (tokens === undefined) return value;
  const along = axes.indexOf('position') + 1;
  const begin = value.shape.map((_, axis) => (axis === along ? start : 0));
  return value.slice(
    begin,
    value.shape.map((length, axis) => (axis === along ? count : length)),
  );
}

function top(x: tf.Tensor3D, valid: tf.Tensor1D, { top: { count, of } }: SweepSettings) {
  const [batch, units, positions] = x.shape;
  if (of === 'images') {
    const firstOfImage = tf.range(0, batch * positions, positions, 'int32').expandDims(1);
    return {
      topValues: x.max(-1).transpose(),
      topPlaces: x.argMax(-1).add(firstOfImage).transpose(),
    };
  }
  const isImage = valid.greater(0).reshape([1, batch, 1]).broadcastTo([units, batch, positions]);
  const byUnit = tf.where(isImage, x.transpose([1, 0, 2]), tf.scalar(-Infinity));
  const { values, indices } = tf.topk(
    byUnit.reshape([units, batch * positions]),
    Math.min(count, batch * positions),
  );
  return { topValues: values, topPlaces: indices };
}

/** Adds the batch's images up: whole numbers, which floats hold exactly. */
function histogram(x: tf.Tensor3D, valid: tf.Tensor1D, { from, to, bins }: HistogramRange): tf.Tensor2D {
  const [batch, units] = x.shape;
  const bin = x
    .sub(from)
    .mul(bins / (to - from))
    .floor()
    .add(1)
    .clipByValue(0, bins + 1);
  const firstOfUnit = tf.range(0, units * (bins + 2), bins + 2).reshape([1, units, 1]);
  const counted = valid.reshape([batch, 1, 1]).broadcastTo(x.shape).flatten();
  const cells = bin.add(firstOfUnit).flatten().cast<tf.Tensor1D>('int32');
  return tf.unsortedSegmentSum(counted, cells, units * (bins + 2)).reshape([units, bins + 2]);
}
