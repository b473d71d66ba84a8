/**
 * How a layer's value divides: its units (channels, or channels of heads, or heads) and the positions at which each
 * unit has a value (pixels, tokens, pairs of query and key).
 */
import type { Axis, HookPoint } from '@fovea/models';
import { tf } from '@fovea/tensor';

export interface LayerAxes {
  /** Axes of the value with batch. */
  readonly positionAxes: readonly number[];
  readonly unitAxes: readonly number[];
  readonly positionShape: readonly number[];
  readonly unitShape: readonly number[];
  readonly positions: number;
  readonly units: number;
}

const unitKinds: ReadonlySet<Axis> = new Set(['head', 'channel']);

/** At the nominal input size. */
export function layerAxes({ axes, shape }: Pick<HookPoint, 'axes' | 'shape'>): LayerAxes {
  const places = axes.map((_, place) => place);
  const unit = places.filter((place) => unitKinds.has(axes[place]!));
  const position = places.filter((place) => !unit.includes(place));
  const lengths = (chosen: readonly number[]) => chosen.map((place) => shape[place]!);
  return {
    positionAxes: position.map((place) => place + 1),
    unitAxes: unit.map((place) => place + 1),
    positionShape: lengths(position),
    unitShape: lengths(unit),
    positions: tf.util.sizeFromShape(lengths(position)),
    units: tf.util.sizeFromShape(lengths(unit)),
  };
}

/** [batch, ...] → [batch, units, positions], both row by row. */
export function unitsByPositions(value: tf.Tensor, axes: LayerAxes): tf.Tensor3D {
  const order = [0, ...axes.unitAxes, ...axes.positionAxes];
  return value.transpose(order).reshape([value.shape[0], axes.units, axes.positions]);
}
