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

/** Which indices along some axes are selected. */
export interface SelectedAlong {
  /** Of the value with batch; positions of an image are along two of them. */
  readonly axes: readonly number[];
  /** 1 where selected, else 0; row by row. */
  readonly flags: Uint8Array;
}

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
  const [first, ...others] = selectedAlong(point, shape, selection).map(({ axes, flags }) =>
    tf.tensor(
      flags,
      shape.map((length, axis) => (axes.includes(axis) ? length : 1)),
      'bool',
    ),
  );
  return first && others.reduce((all, mask) => tf.logicalAnd(all, mask), first);
}

/**
 * What is selected, axis by axis: a part of the value is when it is along each of them.
 * @param shape of the value, with batch
 * @throws SelectionError
 */
export function selectedAlong(
  point: Pick<HookPoint, 'name' | 'axes'>,
  shape: readonly number[],
  selection: Selection,
): SelectedAlong[] {
  const selected = (Object.keys(axisOf) as (keyof typeof axisOf)[])
    .filter((key) => selection[key] !== undefined)
    .map((key) => alongAxis(point, shape, axisOf[key], selection[key]!));
  if (selection.positions) selected.push(alongPositions(point, shape, selection.positions));
  return selected;
}

function alongAxis(
  point: Pick<HookPoint, 'name' | 'axes'>,
  shape: readonly number[],
  axis: Axis,
  indices: readonly number[],
): SelectedAlong {
  const place = point.axes.indexOf(axis) + 1;
  if (place === 0) throw SelectionError.ofAxis(point, axis);
  return { axes: [place], flags: flagsAt(point, axis, shape[place]!, indices) };
}

function alongPositions(
  point: Pick<HookPoint, 'name' | 'axes'>,
  shape: readonly number[],
  positions: NonNullable<Selection['positions']>,
): SelectedAlong {
  const rows = point.axes.indexOf('height') + 1;
  if (rows === 0)
    return alongAxis(
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
  return { axes: [rows, rows + 1], flags: flagsAt(point, 'position', height * width, flat) };
}

function flagsAt(
  point: Pick<HookPoint, 'name'>,
  axis: Axis,
  length: number,
  indices: readonly number[],
): Uint8Array {
  const selected = new Uint8Array(length);
  for (const index of indices) {
    if (!Number.isInteger(index) || index < 0 || index >= length)
      throw SelectionError.ofIndex(point, axis, index, length);
    selected[index] = 1;
  }
  return selected;
}
