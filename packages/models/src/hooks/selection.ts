/** Which part of a value an intervention touches. */
import { tf } from '@fovea/tensor';
import { SelectionError } from '../errors.ts';
import type { Axis, HookPoint } from '../hooked-model.ts';

/** Indices along the axes of a hook point; what is not mentioned is touched in full. */
export interface Selection {
  readonly channels?: readonly number[];
  readonly heads?: readonly number[];
  /** Tokens; in an image, row by row, or as [y, x]. */
  readonly positions?: readonly number[] | readonly (readonly [y: number, x: number])[];
  readonly queries?: readonly number[];
  readonly keys?: readonly number[];
}

const axisOf = {
  channels: 'channel',
  heads: 'head',
  queries: 'query',
  keys: 'key',
} as const satisfies Record<string, Axis>;

/**
 * True where a value is selected; its shape broadcasts to the value's. Undefined when all of it is.
 * @param shape of the value, with batch
 * @throws SelectionError
 */
export function maskOf(
  point: Pick<HookPoint, 'name' | 'axes'>,
  shape: readonly number[],
  selection: Selection,
): tf.Tensor | undefined {
  const masks = (Object.keys(axisOf) as (keyof typeof axisOf)[])
    .filter((key) => selection[key] !== undefined)
    .map((key) => maskAlong(point, shape, axisOf[key], selection[key]!));
  if (selection.positions) masks.push(maskOfPositions(point, shape, selection.positions));
  const [first, ...others] = masks;
  return first && others.reduce((all, mask) => tf.logicalAnd(all, mask), first);
}

function maskAlong(
  point: Pick<HookPoint, 'name' | 'axes'>,
  shape: readonly number[],
  axis: Axis,
  indices: readonly number[],
): tf.Tensor {
  const place = point.axes.indexOf(axis) + 1;
  if (place === 0) throw SelectionError.ofAxis(point, axis);
  const length = shape[place]!;
  return flags(point, axis, length, indices).reshape(shape.map((_, index) => (index === place ? length : 1)));
}

function maskOfPositions(
  point: Pick<HookPoint, 'name' | 'axes'>,
  shape: readonly number[],
  positions: NonNullable<Selection['positions']>,
): tf.Tensor {
  const rows = point.axes.indexOf('height') + 1;
  if (rows === 0)
    return maskAlong(
      point,
      shape,
      'position',
      positions.map((position) => (typeof position === 'number' ? position : Number.NaN)),
    );
  const [height, width] = [shape[rows]!, shape[rows + 1]!];
  const flat = positions.map((position) => {
    if (typeof position === 'number') return position;
    const [y, x] = position;
    return x >= 0 && x < width ? y * width + x : Number.NaN;
  });
  const ones = shape.map(() => 1);
  ones.splice(rows, 2, height, width);
  return flags(point, 'position', height * width, flat).reshape(ones);
}

function flags(
  point: Pick<HookPoint, 'name'>,
  axis: Axis,
  length: number,
  indices: readonly number[],
): tf.Tensor {
  const selected = new Uint8Array(length);
  for (const index of indices) {
    if (!Number.isInteger(index) || index < 0 || index >= length)
      throw SelectionError.ofIndex(point, axis, index, length);
    selected[index] = 1;
  }
  return tf.tensor1d(selected, 'bool');
}
