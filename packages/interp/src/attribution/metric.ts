/**
 * A number that is linear in a layer's value: Σ value · direction over units and positions. A logit, the difference of
 * two, the activation of a unit at a place or everywhere: all are one computation, fed with another direction.
 */
import type { HookPoint } from '@fovea/models';
import { tf } from '@fovea/tensor';
import { layerAxes, unitsByPositions } from '../layer-axes.ts';

export interface Metric {
  /** One weight for each unit of the target layer. */
  readonly direction: ArrayLike<number>;
  /** One weight for each position, row by row. Default: 1. */
  readonly positions?: ArrayLike<number>;
}

/** A direction from the weights of some units; the others have none. `{ 3: 1, 5: -1 }` is a difference. */
export function directionAlong(
  point: Pick<HookPoint, 'axes' | 'shape'>,
  weights: Readonly<Record<number, number>>,
): Float32Array {
  const direction = new Float32Array(layerAxes(point).units);
  for (const [unit, weight] of Object.entries(weights)) direction[Number(unit)] = weight;
  return direction;
}

/**
 * @param value of the target [batch, ...]
 * @param direction [batch or 1, units]
 * @param positions [batch or 1, positions]
 * @returns [batch]
 */
export function metricOf(
  point: Pick<HookPoint, 'axes' | 'shape'>,
  value: tf.Tensor,
  direction: tf.Tensor,
  positions: tf.Tensor,
): tf.Tensor1D {
  const weighted = unitsByPositions(value, layerAxes(point)).mul(direction.expandDims(2));
  return weighted.mul(positions.expandDims(1)).sum([1, 2]);
}

/** The metrics of a batch as what a computation is fed; those that are missing are zero. */
export function metricFeeds(
  point: Pick<HookPoint, 'axes' | 'shape'>,
  metrics: readonly Metric[],
  batch: number,
): { direction: Float32Array; positions: Float32Array } {
  const axes = layerAxes(point);
  const direction = new Float32Array(batch * axes.units);
  const positions = new Float32Array(batch * axes.positions);
  for (const [index, metric] of metrics.entries()) {
    requireLength('direction', metric.direction, axes.units);
    direction.set(metric.direction, index * axes.units);
    const own = positions.subarray(index * axes.positions, (index + 1) * axes.positions);
    if (!metric.positions) own.fill(1);
    else {
      requireLength('positions', metric.positions, axes.positions);
      own.set(metric.positions);
    }
  }
  return { direction, positions };
}

function requireLength(name: string, { length }: ArrayLike<number>, expected: number): void {
  if (length !== expected) throw new MetricError(`its ${name} has ${length} weights, the target ${expected}`);
}

export class MetricError extends Error {
  constructor(fault: string) {
    super(`This metric does not fit its target layer: ${fault}.`);
    this.name = 'MetricError';
  }
}
