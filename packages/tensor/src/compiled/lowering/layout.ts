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
  return permutedValues(values, shape, planarOrder(shape.length));
}

/** Elements in the order of permuted axes, as a transposition gives them. */
export function permutedValues(
  values: Values,
  shape: readonly number[],
  permutation: readonly number[],
): Values {
  const axes = joinedAxes(shape, permutation);
  const { length, step } = axes.pop()!;
  const permuted = values.slice();
  const place = axes.map(() => 0);
  for (let from = 0, to = 0; to < permuted.length;) {
    for (let index = 0, at = from; index < length; index++, at += step) permuted[to++] = values[at]!;
    for (let axis = axes.length - 1; axis >= 0; axis--) {
      place[axis]!++;
      from += axes[axis]!.step;
      if (place[axis]! < axes[axis]!.length) break;
      from -= axes[axis]!.step * axes[axis]!.length;
      place[axis] = 0;
    }
  }
  return permuted;
}

/** The axes in their new order, with the distances of their elements; those that stay neighbours are one. */
function joinedAxes(shape: readonly number[], permutation: readonly number[]) {
  const axes: { length: number; step: number }[] = [{ length: 1, step: 1 }];
  for (const axis of permutation) {
    const length = shape[axis]!;
    if (length === 1) continue;
    const step = sizeOf(shape.slice(axis + 1));
    const last = axes.at(-1)!;
    if (last.length === 1 || last.step === step * length)
      axes[axes.length - 1] = { length: last.length * length, step };
    else axes.push({ length, step });
  }
  return axes;
}
