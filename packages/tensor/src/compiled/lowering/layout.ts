/**
 * tfjs keeps images with channels last, [batch, ...space, channels]; onnxruntime computes with channels first,
 * [batch, channels, ...space]. The former is called natural here, the latter planar.
 */
import { sizeOf, type Values } from '../graph.ts';

/** Only images and volumes have a planar form. */
export function hasPlanarForm(shape: readonly number[]): boolean {
  return shape.length === 4 || shape.length === 5;
}

/** Natural axes in planar order. */
export function planarOrder(rank: number): number[] {
  return [0, rank - 1, ...Array.from({ length: rank - 2 }, (_, index) => index + 1)];
}

/** Planar axes in natural order. */
export function naturalOrder(rank: number): number[] {
  return [0, ...Array.from({ length: rank - 2 }, (_, index) => index + 2), 1];
}

/** A list with one item per natural axis, in planar order. */
export function toPlanar<T>(list: readonly T[]): T[] {
  return planarOrder(list.length).map((axis) => list[axis]!);
}

/** Where a natural axis lies in the planar form. */
export function planarAxis(axis: number, rank: number): number {
  return naturalOrder(rank)[axis]!;
}

/** Whether both forms hold their elements in the same order, because channels or space have one position. */
export function areFormsAlike(shape: readonly number[]): boolean {
  return shape.at(-1) === 1 || sizeOf(shape.slice(1, -1)) === 1;
}

/** The elements of a natural tensor in planar order. */
export function planarValues(values: Values, shape: readonly number[]): Values {
  const [batch, channels] = [shape[0]!, shape.at(-1)!];
  const places = sizeOf(shape.slice(1, -1));
  const planar = values.slice();
  for (let image = 0; image < batch; image++)
    for (let place = 0; place < places; place++)
      for (let channel = 0; channel < channels; channel++)
        planar[(image * channels + channel) * places + place] =
          values[(image * places + place) * channels + channel]!;
  return planar;
}

/** Elements in the order of permuted axes, as a transposition gives them. */
export function permutedValues(
  values: Values,
  shape: readonly number[],
  permutation: readonly number[],
): Values {
  const strides = shape.map((_, axis) => sizeOf(shape.slice(axis + 1)));
  const lengths = permutation.map((axis) => shape[axis]!);
  const steps = permutation.map((axis) => strides[axis]!);
  const permuted = values.slice();
  const place = lengths.map(() => 0);
  let from = 0;
  for (let to = 0; to < permuted.length; to++) {
    permuted[to] = values[from]!;
    for (let axis = lengths.length - 1; axis >= 0; axis--) {
      place[axis]!++;
      from += steps[axis]!;
      if (place[axis]! < lengths[axis]!) break;
      from -= steps[axis]! * lengths[axis]!;
      place[axis] = 0;
    }
  }
  return permuted;
}
