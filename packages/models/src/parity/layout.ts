/**
 * Bringing a value of ours into the shape in which a reference recorded it: channels or heads in front, heads
 * or positions merged, batch behind the positions.
 */
import { tf } from '@fovea/tensor';
import type { Axis } from '../hooked-model.ts';

/** The order of our axes, batch included, that is the reference's once adjacent ones are merged or split. */
export type Layout = readonly number[];

/** Layouts in which a value [batch, ...axes] has the shape of the reference, the likeliest first. */
export function layoutsFor(
  given: readonly number[],
  axes: readonly Axis[],
  reference: readonly number[],
): Layout[] {
  const asIs = given.map((_, axis) => axis);
  const distinct = new Map(
    ordersOf(asIs, axes, reference.length).map((order) => [order.join(), order] as const),
  );
  const lengths = (order: Layout) => order.map((axis) => given[axis]!);
  const exact = (order: Layout) => Number(lengths(order).join() === reference.join());
  return [...distinct.values()]
    .filter((order) => regroups(lengths(order), reference))
    .toSorted((a, b) => exact(b) - exact(a));
}

export function arrange(value: tf.Tensor, layout: Layout, reference: readonly number[]): tf.Tensor {
  return tf.tidy(() => value.transpose([...layout]).reshape([...reference]));
}

/** The shapes in which a reference may have a value of ours: images with their channels first or last. */
export function usualShapes(given: readonly number[], axes: readonly Axis[]): (readonly number[])[] {
  const [batch, ...lengths] = given;
  const channels = lengths.at(-1)!;
  if (axes[0] === 'height') return [[batch!, channels, ...lengths.slice(0, -1)], given];
  if (axes.join() === 'position,head,channel') return [[batch!, lengths[0]!, lengths[1]! * channels]];
  return [given];
}

/** Values of three axes are tokens, which have their channels last; images have them first. */
function ordersOf(asIs: Layout, axes: readonly Axis[], rank: number): Layout[] {
  const leading = axes.indexOf(axes.includes('head') ? 'head' : 'channel') + 1;
  const moved = [0, leading, ...asIs.filter((axis) => axis !== 0 && axis !== leading)];
  const batchSecond = asIs.length > 2 ? [1, 0, ...asIs.slice(2)] : asIs;
  return rank === 3 ? [asIs, moved, batchSecond] : [moved, asIs, batchSecond];
}

/** Whether `one` becomes `other` by merging and splitting adjacent axes, leaving out those of length one. */
function regroups(one: readonly number[], other: readonly number[]): boolean {
  const [left, right] = [one, other].map((shape) => shape.filter((length) => length !== 1));
  let [i, j] = [0, 0];
  while (i < left!.length && j < right!.length) {
    let [a, b] = [left![i++]!, right![j++]!];
    const [fromLeft, fromRight] = [i, j];
    while (a !== b) {
      if (a < b && i < left!.length) a *= left![i++]!;
      else if (b < a && j < right!.length) b *= right![j++]!;
      else return false;
    }
    if (i > fromLeft && j > fromRight) return false;
  }
  return i === left!.length && j === right!.length;
}
